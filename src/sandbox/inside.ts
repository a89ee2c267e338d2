/**
 * The inner half of a call's way out: a program in the network namespace that listens on ports of its loopback and passes each
 * connection on to a socket of `Egress`, and the variables by which other programs find it.
 *
 * It runs as the user of the program that it serves, and has nothing that this program does not have. So it need not be
 * protected from it: a program that ends it has no network any more.
 */

/** Where the sockets and node stand inside. */
export const SOCKETS = '/run/swarm-network';
export const NODE = '/run/swarm-node';

/**
 * Each gets the directory of the sockets, and the ports. It says that it is ready by closing its output: the shell waits for that,
 * and starts the program only then. Perl starts several times faster than node and is on nearly every machine, so it comes first.
 */
export const FORWARDERS = {
  // A process for each direction of a connection: neither can wait for the other.
  perl: `
use strict; use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6 AF_INET6);
$SIG{CHLD} = 'IGNORE'; $SIG{PIPE} = 'IGNORE';
my ($directory, @ports) = @ARGV; my %listeners; my $bits = '';
for my $port (@ports) {
  for my $place ([AF_INET, pack_sockaddr_in($port, INADDR_LOOPBACK)], [AF_INET6, pack_sockaddr_in6($port, inet_pton(AF_INET6, '::1'))]) {
    my $listener;
    my $listens = socket($listener, $place->[0], SOCK_STREAM, 0) && setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, 1) && bind($listener, $place->[1]) && listen($listener, 512);
    if ($listens) { $listeners{fileno $listener} = [$listener, $port]; vec($bits, fileno $listener, 1) = 1; }
    elsif ($place->[0] == AF_INET) { die $!; }
  }
}
$| = 1; print 'ready'; open(STDOUT, '>', '/dev/null');
while (1) {
  my $waiting = $bits;
  next if select($waiting, undef, undef, undef) < 1;
  for my $number (grep { vec($waiting, $_, 1) } keys %listeners) {
    my ($listener, $port) = @{$listeners{$number}};
    accept(my $near, $listener) or next;
    next if fork;
    my $far;
    socket($far, AF_UNIX, SOCK_STREAM, 0) && connect($far, pack_sockaddr_un("$directory/$port")) or exit;
    my ($from, $to) = fork ? ($near, $far) : ($far, $near);
    while (sysread($from, my $part, 65536)) {
      for (my $done = 0; $done < length $part;) { $done += syswrite($to, $part, length($part) - $done, $done) || exit shutdown($from, 2); }
    }
    shutdown($to, 1); exit;
  }
}`,
  // It ends if a socket gets the number of its output, so something else takes that.
  node: `
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
}`,
} as const;

/**
 * A forwarder is started by a process that ends at once, and in a session of its own, so that the program neither inherits a
 * child nor reaches it by a signal to its group. No variable of the shell's own reaches the program.
 */
const START = `[ "$("$1" /usr/bin/perl -e "$2" $5 </dev/null 2>/dev/null &)" = ready ] ||
[ "$("$1" "$3" -e "$4" $5 </dev/null 2>/dev/null &)" = ready ] ||
{ echo 'swarm: its network could not be set up' >&2; exit 125; }
shift 5; exec "$@"`;

/** The command that starts another one when the way out is open. The first two are the files of programs. */
export const forwarding = (
  { sh = '', setsid = '' }: Readonly<Record<string, string>>,
  ports: readonly number[],
  command: readonly string[],
): readonly string[] => [
  ...[sh, '-c', START, 'sh'],
  ...[setsid, FORWARDERS.perl, NODE, FORWARDERS.node, [SOCKETS, ...ports].join(' ')],
  ...command,
];

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
