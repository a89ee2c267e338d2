/** Shell scripts as agents, with a part for each role, and a shell script as a gate. */

/** One script with a `case` for each role. A role that is not named does nothing. */
export const roles = (scripts: Readonly<Record<string, string>>): string => cases('SWARM_ROLE', scripts);

/** The same with a `case` for each segment's number. */
export const segments = (scripts: Readonly<Record<number, string>>): string => cases('SWARM_SEGMENT', scripts);

const cases = (variable: string, scripts: Readonly<Record<string, string>>): string =>
  [`case "$${variable}" in`, ...Object.entries(scripts).map(([name, script]) => `${name}) ${script} ;;`), 'esac'].join(
    '\n',
  );

/** Writes the report, or the verdict of a reviewer or lead. */
export const says = (report: unknown): string =>
  `cat > "$SWARM_REPORT_FILE" <<'JSON'\n${JSON.stringify(report)}\nJSON\n`;

/** A gate: runs every `*.check` below `test` with a shell, counts them, and names those that fail. */
export const CHECKS = [
  'failed=0; count=0',
  'for file in $(find test -name "*.check" | sort); do count=$((count + 1)); sh "$file" || { echo "FAIL $file"; failed=$((failed + 1)); }; done',
  'echo "$count tests, $failed failed"; [ "$failed" = 0 ]',
  '',
].join('\n');
