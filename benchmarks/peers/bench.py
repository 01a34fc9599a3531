#!/usr/bin/env python3
"""The pipeline in the side-by-side harness: adds the kind `pipeline` to its jobs.

 PEERS=DIR W=DIR bench.py JOBS.txt RESULTS.jsonl

PEERS is the folder of the harness (its bench.py, installed by its setup.sh into W, its broker running). Jobs are those of the
harness and
 pipeline receipts=0|1 rate=0 kill=0 warm=5000 window=100 binds=1 n=20000 jit=c1|c2 opts=JVM,OPTIONS
The whole pipeline (router, sender, receiver, registry) is one process, `sms up` with the harness's broker and SMSC; kill=N kills it
with SIGKILL when the SMSC has N messages and starts it again after a second; jit=c1 starts the JVM as ./sms does, jit=c2 leaves it its
second compiler, as the harness leaves Camel's, which takes its share of the CPU for some 200,000 messages. Of each run with receipts, of Camel's too, the row also
has `final_rate`: messages over the time from the first arrival at the SMSC to the moment the last final status could be read; none
when not every one could (Camel refuses receipts that come in a burst: let the SMSC send those again, `rretry=500`).
"""
import json, os, signal, subprocess, sys, time

PEERS = os.environ['PEERS']
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
JAR = f'{ROOT}/quickstart/target/quickstart.jar'
CLASS_PATH = f'{ROOT}/benchmarks/target/classes:' + open(f'{ROOT}/benchmarks/target/class-path').read().strip()
LASTING = ['-Xmx512m', '-Xss512k', '-XX:+UseSerialGC', '-Dfile.encoding=UTF-8']
SMALL = ['-XX:TieredStopAtLevel=1'] + LASTING
# As ./sms starts its JVM.
QUICK = ['-XX:C1MaxInlineSize=90', '-XX:C1InlineStackLimit=20'] + SMALL
PORT = 26040
PATIENCE = 120

source = open(f'{PEERS}/bench.py').read()
# The harness begins to measure Camel a minute after its warm-up began, finished or not.
assert '>= warm, 60, 0.1)' in source
source = source.replace('>= warm, 60, 0.1)', '>= warm, 60 + warm / 1000, 0.1)')
# And its SMSC ends after five minutes, which a long warm-up takes.
assert "'--max-seconds', '300'" in source
source = source.replace("'--max-seconds', '300'", "'--max-seconds', '1500'")
entry = source.rindex('\nmain()')
__file__ = f'{PEERS}/bench.py'
exec(compile(source[:entry], __file__, 'exec'))


def configuration(prefix, j):
    return f'''
kafka: {{bootstrap.servers: "{BROKER}"}}
topics: {{prefix: "{prefix}", partitions: 4, submit-partitions: 4, replication-factor: 1, min-insync-replicas: 1}}
providers:
  - {{alias: primary, type: smpp, host: 127.0.0.1, port: 26000, system-id: demo, password: secret, from: "12345",
     bind: transceiver, binds: {j.get('binds', '1')}, window: {j['window']}}}
health: {{port: {PORT + 6}}}
'''


def ready(p, seconds=90):
    """The line the pipeline prints when all of it is ready."""
    end = time.time() + seconds
    while time.time() < end and p.poll() is None:
        for line in open(f'{RUN}/pipeline.out', errors='replace').read()[p.printed:].splitlines():
            if line.startswith('{"event":"ready"'):
                return json.loads(line)
        time.sleep(0.05)
    raise RuntimeError(f'the pipeline was not ready: see {RUN}/pipeline.out')


def pipeline(j):
    n, warm = int(j['n']), int(j['warm'])
    seq[0] += 1
    prefix = f'p{seq[0]}.'
    config = f'{RUN}/pipeline.yaml'
    open(config, 'w').write(configuration(prefix, j))
    options = (LASTING if j['jit'] == 'c2' else QUICK) + [o for o in j.get('opts', '').split(',') if o]

    def up():
        out = f'{RUN}/pipeline.out'
        at = os.path.getsize(out) if os.path.exists(out) else 0
        p = start('pipeline', ['java'] + options + ['-jar', JAR, 'up', '--config', config, '--data', f'{RUN}/data-{prefix}',
                  '--port-base', str(PORT), '--json'])
        p.printed = at
        return p

    def feed(name, count, text, rate, sent, patience=PATIENCE):
        return start(name, ['java'] + SMALL + ['-cp', CLASS_PATH, 'io.smspipeline.benchmark.peer.PeerFeed', BROKER, registry, prefix,
                     str(count), text, rate, 'true' if j['receipts'] == '1' else 'false', sent, str(patience)])

    smsc = start_smsc(j)
    app = up()
    registry = ready(app)['registry']
    res = {}
    if warm:
        patience = PATIENCE + warm // 1000
        feed('warm', warm, 'Warm ', '0', RUN + '/warm.csv', patience).wait(2 * patience)
        time.sleep(1)
    ps = {'pipeline': app, 'smsc': smsc, 'kafka': Kafka}
    c0 = {k: cpu(p) for k, p in ps.items()}
    used = {k: 0.0 for k in ps}
    feeding = feed('feed', n, 'Hello ', j['rate'], RUN + '/sent.csv')
    if int(j['kill']):
        until(lambda: (get(26001) or {}).get('unique', 0) >= int(j['kill']), 60, 0.005)
        used['pipeline'] += cpu(app) - c0['pipeline']
        app.kill(); app.wait(); procs.remove(app)
        killed, at = time.time(), get(26001)['unique']
        time.sleep(1)
        app = up()
        ps['pipeline'], c0['pipeline'] = app, 0
        back = until(lambda: get(26001)['submits'] - get(26001)['other'] > at + 50, 100)
        res.update(killed_at=at, recovery_s=round(time.time() - killed, 1) if back else None)
    drained(n, 70 if int(j['kill']) else 15, 120)
    try: feeding.wait(PATIENCE + 30)
    except subprocess.TimeoutExpired: pass
    for k, p in ps.items(): used[k] += cpu(p) - c0[k]
    res['cpu_ms_per_msg'] = {k: round(v * 1000 / n, 3) for k, v in used.items()}
    res['rss_mb'] = {k: hwm(p) for k, p in ps.items()}
    res['sys_share'] = {k: sysshare(p) for k, p in ps.items()}
    first = (get(26001) or {}).get('first_ms')
    stop(app, signal.SIGTERM, 30)
    stop(smsc); stop(feeding)
    res['feed'] = json.loads(open(RUN + '/feed.out').read().strip().splitlines()[-1])
    if first: res['final_rate'] = round(n / (res['feed']['last_end_ms'] - first) * 1000)
    print('   ', 'final_rate', res.get('final_rate'), res['feed'], flush=True)
    return res


def camel_to_the_end(j):
    """Camel as the harness runs it, and when the last receipt could be read."""
    res = KINDS_OF_HARNESS['camel'](j)
    if j['receipts'] == '1':
        last = int(subprocess.run(['java'] + SMALL + ['-cp', CLASS_PATH, 'io.smspipeline.benchmark.peer.LastRecord', BROKER,
                   f'sms{seq[0]}r'], check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1])
        first = json.load(open(RUN + '/smsc.json'))['first_ms']
        whole = res.get('receipts_in_kafka', 0) >= int(j['n'])
        res['final_rate'] = round(int(j['n']) / (last - first) * 1000) if whole else None
        print('   ', 'final_rate', res['final_rate'], '' if whole else 'not every receipt could be read', flush=True)
    return res


KINDS_OF_HARNESS = dict(KINDS)
KINDS['camel'] = camel_to_the_end
KINDS['pipeline'] = pipeline
DEF.update(binds='1', jit='c1', opts='')
main()
