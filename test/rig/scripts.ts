/** Agents that are shell scripts: what each role does, and a gate that is one as well. */

/** One script for every role, as `case` has it; a role that is not named does nothing. */
export const roles = (scripts: Readonly<Record<string, string>>): string => cases('SWARM_ROLE', scripts);

/** Another script for each segment, by its number. */
export const segments = (scripts: Readonly<Record<number, string>>): string => cases('SWARM_SEGMENT', scripts);

const cases = (variable: string, scripts: Readonly<Record<string, string>>): string =>
  [`case "$${variable}" in`, ...Object.entries(scripts).map(([name, script]) => `${name}) ${script} ;;`), 'esac'].join(
    '\n',
  );

/** Leaves a report, or as reviewer or lead a verdict. */
export const says = (report: unknown): string =>
  `cat > "$SWARM_REPORT_FILE" <<'JSON'\n${JSON.stringify(report)}\nJSON\n`;

/** Runs every `*.check` below `test` with a shell, counts them, and names those that fail. */
export const CHECKS = [
  'failed=0; count=0',
  'for file in $(find test -name "*.check" | sort); do count=$((count + 1)); sh "$file" || { echo "FAIL $file"; failed=$((failed + 1)); }; done',
  'echo "$count tests, $failed failed"; [ "$failed" = 0 ]',
  '',
].join('\n');
