package io.smspipeline.text;

/**
 * Values of the {@code sar_*} TLVs of one part, SMPP 3.4 §5.3.2.22-24.
 *
 * @param reference {@code sar_msg_ref_num}, 0..65535
 * @param total {@code sar_total_segments}, 1..255
 * @param number {@code sar_segment_seqnum}, 1..total
 */
public record Sar(int reference, int total, int number) {}
