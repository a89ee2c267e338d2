/**
 * The names of files that steer gates: scripts, dependencies, and the settings of linters, compilers, test runners, build
 * tools and scanners, with their lists of known faults.
 *
 * A person has to look at a change to one (R11.5). The lists name files exactly, because a pattern such as `*.config.ts`
 * also finds ordinary code.
 */

const SCRIPT = '\\.[cm]?[jt]sx?';
/** Tools of JavaScript whose settings are in `<tool>.config.<anything>`, `.setup.` or `.workspace.`. */
const CONFIGURED = [
  'eslint|vitest|vitest-[\\w-]+|vite|jest|jest-[\\w-]+|playwright|playwright-ct|cypress|rollup|rolldown|webpack|babel|prettier|stylelint',
  'karma|ava|wdio|stryker|lint-staged|commitlint|next|nuxt|svelte|astro|tsup|tsdown|esbuild|rspack|rsbuild|rslib|farm|craco|vue|quasar',
  'metro|lage|nyc|tap|xo|oxlint|knip|cspell|syncpack|publint|web-test-runner|wtr|testcafe|backstop|bundlesize|bundlewatch|chromatic|build|hardhat',
].join('|');

/** Names without directories, in the form of `fold`. */
const NAMES = [
  // Of many tools: `.eslintrc.json`, `.taprc`, `.gitignore`, `.eslintignore`.
  `\\.[\\w-]+rc(?:\\.[^/]+)?|\\.markdownlint[^/]*|\\.[\\w-]+ignore(?:\\.ya?ml)?|\\.editorconfig|\\.env(?:\\.(?:test|ci))?`,
  '\\.(?:tool-versions|(?:node|python|ruby|java|go|php|terraform|bazel|swift)-version|bazelversion)|mise\\.(?:local\\.)?toml|\\.mise\\.toml|devbox\\.(?:json|lock)|(?:flake|shell)\\.nix|flake\\.lock',
  '(?:gnu)?makefile(?:\\.(?:am|in|pl))?|[^/]+\\.mk|\\.?justfile|taskfile(?:\\.dist)?\\.ya?ml|procfile|earthfile|dangerfile[^/]*|fastfile',
  '(?:[^/]+\\.)?dockerfile(?:\\.[^/]+)?|containerfile|(?:docker-)?compose[^/]*\\.ya?ml|docker-bake\\.(?:hcl|json)|vercel\\.json|netlify\\.toml|fly\\.toml|render\\.yaml|action\\.ya?ml|\\.pre-commit-hooks\\.yaml|\\.pre-commit-config\\.yaml',
  // JavaScript.
  'package\\.json|package-lock\\.json|npm-shrinkwrap\\.json|pnpm-lock\\.yaml|pnpm-workspace\\.yaml|yarn\\.lock|bun\\.lockb?|deno\\.jsonc?|deno\\.lock|binding\\.gyp|[^/]+\\.gypi',
  'tsconfig[^/]*\\.json|jsconfig[^/]*\\.json|biome\\.jsonc?|turbo\\.jsonc?|nx\\.json|project\\.json|lerna\\.json|rush\\.json|moon\\.ya?ml|angular\\.json|\\.angular-cli\\.json',
  `(?:${CONFIGURED})\\.(?:config|workspace|setup|conf|preset)\\.[^/]+|(?:protractor|nightwatch|codecept)\\.conf${SCRIPT}|webpack\\.[\\w.-]+${SCRIPT}|config-overrides\\.js`,
  `(?:gulp|grunt|jake)file${SCRIPT}|(?:setup-?(?:tests?|jest|vitest)|test-setup|global[-.]?(?:setup|teardown)|wallaby)${SCRIPT}|mocha\\.opts|cucumber\\.(?:[cm]?js|json|ya?ml|properties)|karate-config\\.js`,
  `eslint-suppressions\\.json|tslint[^/]*\\.json|cypress\\.json|\\.stryker\\.conf(?:ig)?\\.[^/]+|oxlint\\.json|\\.?dprint\\.jsonc?|\\.?knip\\.jsonc?|\\.dependency-cruiser[^/]*|\\.ls-lint\\.ya?ml|\\.?cspell\\.json|\\.xo-config[^/]*|\\.sass-lint\\.ya?ml|\\.istanbul\\.ya?ml`,
  'api-extractor\\.json|\\.attw\\.json|\\.size-(?:limit|snapshot)[^/]*|\\.pa11yci[^/]*|backstop\\.json|\\.percy\\.ya?ml|\\.betterer[^/]*|\\.?lighthouserc[^/]*|\\.licensee\\.json',
  // Python.
  'pyproject\\.toml|setup\\.(?:cfg|py)|tox\\.(?:ini|toml)|noxfile\\.py|\\.?pytest\\.(?:ini|toml)|conftest\\.py|(?:site|user)customize\\.py|[^/]+\\.pth|\\.?mypy\\.ini|\\.?ruff\\.toml|\\.?pylintrc(?:\\.toml)?|\\.(?:flake8|bandit|pep8|pycodestyle|pydocstyle|isort\\.cfg|style\\.yapf|importlinter|pyre_configuration)',
  'pyrightconfig\\.json|pyrefly\\.toml|ty\\.toml|bandit\\.ya?ml|\\.?prospector\\.ya?ml|(?:nose2?|unittest)\\.cfg|behave\\.ini|robot\\.toml|dodo\\.py|fabfile\\.py|mutmut_config\\.py|cosmic[-_]ray\\.toml|\\.safety-policy\\.ya?ml|manifest\\.in|asv\\.conf\\.json',
  '(?:[\\w.-]*[-_.])?(?:requirements|reqs)[^/]*\\.(?:txt|in)|constraints[^/]*\\.txt|uv\\.(?:lock|toml)|poetry\\.(?:lock|toml)|pdm\\.(?:lock|toml)|hatch\\.toml|pixi\\.(?:toml|lock)|pylock(?:\\.[^/]+)?\\.toml|pipfile(?:\\.lock)?|environment\\.ya?ml|conda-lock\\.ya?ml',
  // Ruby.
  'rakefile|[^/]+\\.rake|gemfile(?:\\.lock)?|gems\\.(?:rb|locked)|[^/]+\\.(?:gemfile|gemspec)|\\.rubocop[^/]*|\\.rspec(?:-local)?|\\.standard(?:_todo)?\\.ya?ml|\\.?reek\\.ya?ml|\\.simplecov|\\.bundler-audit\\.ya?ml|brakeman\\.(?:ignore|ya?ml)',
  '\\.(?:erb[-_]lint|haml-lint|slim-lint|fasterer|mutant)\\.ya?ml|steepfile|appraisals|guardfile|(?:spec|rails|test)_helper\\.rb|package_todo\\.yml|packwerk\\.yml',
  // PHP.
  'composer\\.(?:json|lock)|symfony\\.lock|phpunit[^/]*\\.xml(?:\\.dist)?|phpstan[^/]*\\.(?:neon|php)(?:\\.dist)?|psalm[^/]*\\.xml(?:\\.dist)?|\\.?phpcs\\.xml(?:\\.dist)?|phpmd[^/]*\\.xml(?:\\.dist)?|\\.php-?cs-fixer[^/]*|\\.php_cs[^/]*|pint\\.json|rector\\.php|ecs\\.php',
  'infection\\.json5?(?:\\.dist)?|deptrac[^/]*\\.ya?ml|grumphp\\.ya?ml(?:\\.dist)?|pest\\.php|codeception(?:\\.dist)?\\.ya?ml|[^/]+\\.suite(?:\\.dist)?\\.ya?ml|behat\\.ya?ml(?:\\.dist)?|phpspec\\.ya?ml(?:\\.dist)?|\\.phplint\\.ya?ml|phparkitect\\.php|captainhook\\.json',
  // The JVM.
  'pom\\.xml|[^/]+\\.gradle(?:\\.kts)?|gradle\\.properties|gradle-wrapper\\.(?:properties|jar)|[^/]+\\.versions\\.toml|gradlew(?:\\.bat)?|mvnw(?:\\.cmd)?|(?:[\\w-]+-)?gradle\\.lockfile|verification-metadata\\.xml|[^/]+\\.sbt|build\\.(?:sc|mill|xml|boot)|ivy\\.xml|project\\.clj|(?:deps|bb|tests)\\.edn',
  '(?:checkstyle|pmd|spotbugs|findbugs|testng|scalastyle|owasp|dependency-?check)[^/]*\\.xml|(?:google|sun)_checks\\.xml|ruleset\\.xml|(?:[\\w.-]+[-_.])?(?:baseline|suppressions?|exclude-?filter)\\.xml|lint\\.xml|\\.?detekt[^/]*\\.ya?ml|junit-platform\\.properties|archunit(?:_ignore_patterns)?\\.(?:properties|txt)',
  '\\.scalaf(?:mt|ix)\\.conf|lombok\\.config|spockconfig\\.groovy|codenarc[^/]*\\.(?:xml|groovy)|revapi\\.json',
  // Go and Rust.
  'go\\.(?:mod|sum|work|work\\.sum|env)|\\.golangci(?:\\.(?:ya?ml|toml|json))?|\\.gosec\\.json|\\.gremlins\\.ya?ml|\\.?revive\\.toml|staticcheck\\.conf|magefile\\.go|\\.goreleaser\\.ya?ml|\\.testcoverage\\.ya?ml|\\.go-arch-lint\\.ya?ml|\\.nancy-ignore|buf(?:\\.[\\w-]+)?\\.ya?ml',
  'cargo\\.(?:toml|lock)|\\.?(?:clippy|rustfmt|nextest|tarpaulin|taplo|dylint|mutants|cross)\\.toml|deny\\.toml|audits?\\.toml|rust-toolchain(?:\\.toml)?|build\\.rs|insta\\.yaml|[._]?typos\\.toml',
  // .NET.
  '[^/]+\\.(?:csproj|fsproj|vbproj|esproj|sln|slnx|slnf|props|targets|runsettings|testsettings|ruleset|globalconfig|rsp)|\\.globalconfig|global\\.json|packages\\.(?:lock\\.json|config)|paket\\.(?:dependencies|lock)|dotnet-tools\\.json|stylecop\\.json|(?:[^/]+\\.)?xunit\\.runner\\.json|(?:[^/]+\\.)?testconfig\\.json|globalsuppressions\\.(?:cs|vb)|bannedsymbols\\.txt|stryker-config\\.json|build\\.cake',
  // Elixir, Erlang.
  'mix\\.(?:exs|lock)|\\.(?:credo|formatter|doctor|dialyzer_ignore)\\.exs|coveralls\\.json|\\.sobelow-(?:conf|skips)|test_helper\\.exs|(?:rebar|elvis)\\.config|rebar\\.lock',
  // C, C++ and builds of any language.
  'cmakelists\\.txt|[^/]+\\.cmake|cmake(?:user)?presets\\.json|meson\\.build|meson(?:_options\\.txt|\\.options)|\\.clang-(?:tidy|format)|\\.clangd|compile_flags\\.txt|\\.?cppcheck[^/]*\\.(?:xml|txt)|cpplint\\.cfg|conanfile\\.(?:py|txt)|conan\\.lock|vcpkg(?:-configuration)?\\.json|configure(?:\\.ac)?|gcovr\\.cfg|[^/]+\\.supp',
  '(?:build|workspace|module)(?:\\.bazel)?(?:\\.lock)?|[^/]+\\.bzl|buck2?|\\.buckconfig|sconstruct|sconscript|xmake\\.lua|premake5\\.lua|build\\.zig(?:\\.zon)?|wscript',
  // Other languages.
  'package\\.(?:swift|resolved)|\\.swiftlint\\.ya?ml|\\.swiftformat|[^/]+\\.(?:xctestplan|xcscheme|xcconfig|pbxproj)|podfile(?:\\.lock)?|cartfile(?:\\.resolved)?|pubspec\\.(?:ya?ml|lock)|analysis_options\\.ya?ml|dart_test\\.ya?ml',
  '[^/]+\\.cabal|cabal\\.project[^/]*|stack\\.yaml(?:\\.lock)?|\\.hlint\\.yaml|dune(?:-project)?|[^/]+\\.opam|(?:julia)?(?:project|manifest)\\.toml|description|\\.lintr|renv\\.lock|\\.r(?:profile|environ)|\\.busted|[^/]+\\.rockspec|\\.?(?:selene|stylua)\\.toml',
  'build\\.pl|cpanfile(?:\\.snapshot)?|dist\\.ini|foundry\\.toml|\\.solhint\\.json|slither\\.config\\.json|\\.sqlfluff|\\.tflint\\.hcl|\\.terraform\\.lock\\.hcl',
  // Documents, scanners and services that report on a commit.
  '\\.vale\\.ini|\\.yamllint(?:\\.ya?ml)?|\\.?lychee\\.toml|\\.spectral\\.(?:ya?ml|json)|\\.?redocly\\.ya?ml|\\.ansible-lint(?:\\.ya?ml)?|\\.hadolint\\.ya?ml|\\.shellspec',
  '\\.snyk|audit-ci\\.jsonc?|audit-resolve\\.json|osv-scanner\\.toml|\\.?trivy\\.ya?ml|\\.grype\\.ya?ml|\\.?gitleaks\\.toml|\\.secrets\\.baseline|\\.?semgrep\\.ya?ml|\\.gitguardian\\.ya?ml|\\.whitesource|\\.?bearer\\.ya?ml|\\.?(?:checkov|tfsec|socket)\\.ya?ml',
  '\\.?codecov\\.ya?ml|\\.coveralls\\.ya?ml|sonar-project\\.properties|\\.sonarcloud\\.properties|\\.codeclimate\\.ya?ml|\\.deepsource\\.toml|\\.codacy\\.ya?ml|\\.?qodana\\.ya?ml|\\.mega-?linter\\.ya?ml|\\.reviewdog\\.ya?ml',
];

const NAME = new RegExp(`^(?:${NAMES.join('|')})$`);
/** Folders of build code, and files whose name alone says nothing. */
const PATH =
  /(?:^|\/)(?:buildsrc|build-logic|\.config)\/|(?:^|\/)(?:sorbet\/config|project\/build\.properties|config\/rush\/[^/]+|requirements\/[^/]+\.(?:txt|in))$/;

/** Answers whether a file steers gates. @param folded its path in the form of `fold`. */
export const steersGates = (folded: string): boolean =>
  NAME.test(folded.slice(folded.lastIndexOf('/') + 1)) || PATH.test(folded);
