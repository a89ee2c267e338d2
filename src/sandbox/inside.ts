/**
 * The inner half of a call's way out: a program in the network namespace that listens on ports of its loopback and passes each
 * connection on to a socket of `Egress`, and the variables by which other programs find it.
 *
 * It runs as the user of the program that it serves, and has nothing that this program does not have. So it need not be
 * protected from it: a program that ends it has no network any more.
 */

import { existsSync } from 'node:fs';

/** Where the sockets and node stand inside. */
export const SOCKETS = '/run/swarm-network';
export const NODE = '/run/swarm-node';

/** Perl starts many times faster than node and is on nearly every machine. */
const PERL = '/usr/bin/perl';

/**
 * Listens, leaves a forwarder behind, and becomes the program. It uses no modules, because they take longer to load than all
 * the rest: the numbers are Linux's own, and the same on every machine that Node runs on.
 *
 * The forwarder's parent ends at once, and it has a group of its own, so that the program neither inherits a child nor reaches
 * it by a signal to its group. A process for each direction of a connection: neither can wait for the other.
 */
const WITH_PERL = `
my ($directory, $ports, @program) = @ARGV; my (%listeners, $bits);
for my $port (split ' ', $ports) {
  for my $place ([2, pack 'S n a4 x8', 2, $port, "\\x7f\\0\\0\\1"], [10, pack 'S n N a16 N', 10, $port, 0, "\\0" x 15 . "\\1", 0]) {
    my $listener;
    my $listens = socket($listener, $place->[0], 1, 0) && setsockopt($listener, 1, 2, pack 'i', 1) && bind($listener, $place->[1]) && listen($listener, 512);
    if ($listens) { $listeners{fileno $listener} = [$listener, $port]; vec($bits, fileno $listener, 1) = 1; }
    elsif ($place->[0] == 2) { print STDERR "swarm: its network could not be set up: $!\\n"; exit 125; }
  }
}
my $child = fork;
if (!defined $child) { print STDERR "swarm: its network could not be set up: $!\\n"; exit 125; }
if ($child) { waitpid $child, 0; exec { $program[0] } @program; print STDERR "swarm: $program[0]: $!\\n"; exit 127; }
exit if fork; setpgrp;
open STDIN, '<', '/dev/null'; open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
$SIG{CHLD} = 'IGNORE'; $SIG{PIPE} = 'IGNORE';
while (1) {
  my $waiting = $bits;
  next if select($waiting, undef, undef, undef) < 1;
  for my $number (grep { vec($waiting, $_, 1) } keys %listeners) {
    my ($listener, $port) = @{$listeners{$number}};
    accept(my $near, $listener) or next;
    next if fork;
    my $far;
    socket($far, 1, 1, 0) && connect($far, pack 'S a108', 1, "$directory/$port") or exit;
    my ($from, $to) = fork ? ($near, $far) : ($far, $near);
    while (sysread($from, my $part, 65536)) {
      for (my $done = 0; $done < length $part;) { $done += syswrite($to, $part, length($part) - $done, $done) || exit shutdown($from, 2); }
    }
    shutdown($to, 1); exit;
  }
}`;

/** It says that it is ready by closing its output, so something else takes the number of that: it ends if a socket gets it. */
const WITH_NODE = `
const net = require('net'), fs = require('fs');
const [directory, ...ports] = process.argv.slice(1);
let left = 2 * ports.length;
const ready = () => { if (--left === 0) { fs.writeSync(1, 'ready'); fs.closeSync(1); fs.openSync('/dev/null'); } };
for (const port of ports) for (const host of ['127.0.0.1', '::1']) {
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ path: directory + '/' + port, allowHalfOpen: true });
    for (const [one, other] of [[near, far], [far, near]]) one.on('error', () => other.destroy()).on('close', () => other.destroySoon()).pipe(other);
  });
  server.on('error', (error) => { if (host === '::1') ready(); else throw error; });
  server.listen(Number(port), host, ready);
}`;

/** Node cannot become another program, so a shell starts both. No variable of the shell's own reaches the program. */
const START_NODE = `[ "$("$1" "$2" -e "$3" $4 </dev/null 2>/dev/null &)" = ready ] ||
{ echo 'swarm: its network could not be set up' >&2; exit 125; }
shift 4; exec "$@"`;

interface ForwarderOptions {
  /** Default: perl where there is one. */
  readonly by?: 'perl' | 'node';
  /** The directory of the sockets, and node, where the command runs. */
  readonly sockets?: string;
  readonly node?: string;
}

/** The command that starts another one when the way out is open. The first two are the files of programs. */
export function forwarding(
  { sh = '', setsid = '' }: Readonly<Record<string, string>>,
  ports: readonly number[],
  command: readonly string[],
  { by = existsSync(PERL) ? 'perl' : 'node', sockets = SOCKETS, node = NODE }: ForwarderOptions = {},
): readonly string[] {
  return by === 'perl'
    ? [PERL, '-e', WITH_PERL, sockets, ports.join(' '), ...command]
    : [sh, '-c', START_NODE, 'sh', setsid, node, WITH_NODE, [sockets, ...ports].join(' '), ...command];
}

/** Programs ask for addresses of their own loopback directly. */
const LOOPBACK = 'localhost,.localhost,127.0.0.1,0.0.0.0,::1';

/**
 * Has Node's own `fetch` use the proxy. It doubles the time that Node takes to start, so only agents get it: package managers
 * read the other variables themselves, and a gate can set it in its command.
 */
export const FETCH_OF_NODE = { NODE_USE_ENV_PROXY: '1' } as const;

/** What programs of many ecosystems read. Each name stands in both cases, because some programs know only one. */
export function networkVariables(port: number): Readonly<Record<string, string>> {
  const proxy = `http://127.0.0.1:${port}`;
  const jvm = ['http', 'https']
    .map((scheme) => `-D${scheme}.proxyHost=127.0.0.1 -D${scheme}.proxyPort=${port}`)
    .join(' ');
  return {
    ...{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: LOOPBACK },
    ...{ http_proxy: proxy, https_proxy: proxy, no_proxy: LOOPBACK },
    ...{ YARN_HTTP_PROXY: proxy, YARN_HTTPS_PROXY: proxy },
    // Maven uses the proxy of the JVM only with this setting.
    MAVEN_OPTS: `${jvm} -Daether.connector.http.useSystemProperties=true`,
    ...{ GRADLE_OPTS: jvm, SBT_OPTS: jvm },
  };
}
