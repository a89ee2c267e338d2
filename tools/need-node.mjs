// Plain JavaScript on purpose: it must run, and speak, on the Node versions it refuses.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Swarm needs Node 24 and found ${process.versions.node}. On Linux \`npm ci\` brings it (optional dependencies must not be omitted); elsewhere install Node 24 first.`,
  );
  process.exit(1);
}
