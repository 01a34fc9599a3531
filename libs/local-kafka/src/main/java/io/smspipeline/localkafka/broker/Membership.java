package io.smspipeline.localkafka.broker;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which cluster a broker belongs to, and as which of its nodes. Immutable.
 *
 * @param clusterId as {@link DataDirectory#newClusterId} makes them
 * @param nodeId from 1
 * @param controllerPorts port of every node's controller on 127.0.0.1 by node id, this node's own included
 */
public record Membership(String clusterId, int nodeId, SortedMap<Integer, Integer> controllerPorts) {

    /** Checks that the node is one of the cluster's and takes its own copy of the ports. */
    public Membership {
        controllerPorts = Collections.unmodifiableSortedMap(new TreeMap<>(controllerPorts));
        if (!controllerPorts.containsKey(nodeId)) {
            throw new IllegalArgumentException("node " + nodeId + " is none of the cluster's nodes "
                    + controllerPorts.keySet() + ": give its controller's port too");
        }
    }

    /** Reads what {@link #toString} wrote: {@code clusterId,nodeId,1=port,2=port,…}. */
    static Membership parse(String text) {
        String[] fields = text.split(",", -1);
        if (fields.length < 3) {
            throw new IllegalArgumentException("the membership '" + text
                    + "' is malformed: give clusterId,nodeId,1=port,2=port,… with every node's controller port");
        }
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        for (int i = 2; i < fields.length; i++) {
            String[] port = fields[i].split("=", -1);
            ports.put(Integer.valueOf(port[0]), Integer.valueOf(port[1]));
        }
        return new Membership(fields[0], Integer.parseInt(fields[1]), ports);
    }

    @Override
    public String toString() {
        return clusterId + "," + nodeId + ","
                + controllerPorts.entrySet().stream()
                        .map(port -> port.getKey() + "=" + port.getValue())
                        .collect(Collectors.joining(","));
    }
}
