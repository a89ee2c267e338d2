/**
 * The names of variables that the config may hand on to agents and gates, or set for a gate.
 *
 * The config is written once and is rarely read again, and a value such as `PATH: tools` or `RUBYOPT: -r./x` points into
 * the working tree, where an agent writes. So it may name no variable that makes a common tool load code or start a
 * program. A command that needs one states it in words that people see: `run: [env, MAVEN_OPTS=-Xmx2g, mvn, test]`.
 */

/** The runner's own channels, GitHub's tokens, and settings of loaders. No program gets them from anywhere. */
const NEVER_HANDED_ON =
  /^(?:ACTIONS_.*|INPUT_.*|RUNNER_.*|GIT_.*|LD_.*|DYLD_.*|NPM_CONFIG_.*|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|GH_TOKEN|GH_ENTERPRISE_TOKEN|NODE_OPTIONS|BASH_ENV|ENV|PYTHONSTARTUP)$/i;

/**
 * Variables that make a common tool load code, or start a program. Swarm sets some of them itself, such as PATH and GOFLAGS.
 *
 * Names that set a limit, a mode or an address are missing on purpose: `PYTHONHASHSEED`, `CGO_ENABLED`, `PIP_INDEX_URL`.
 */
const LOADS_CODE = [
  // Shells, and where every program looks for others and for its settings.
  ...[
    'PATH',
    'PATHEXT',
    'HOME',
    'USERPROFILE',
    'XDG_CONFIG_(?:HOME|DIRS)',
    'XDG_DATA_(?:HOME|DIRS)',
    'SHELL',
    'COMSPEC',
  ],
  ...[
    'IFS',
    'CDPATH',
    'FPATH',
    'GLOBIGNORE',
    'SHELLOPTS',
    'BASHOPTS',
    'BASH_FUNC_.*',
    'BASH_LOADABLES_PATH',
    'ZDOTDIR',
  ],
  ...['PROMPT_COMMAND', 'PS[0-4]', 'INPUTRC', 'PSMODULEPATH'],
  // Programs that other programs start.
  ...[
    '(?:(?:GH|KUBE|PSQL|HG|SVN|SUDO|JJ)_?)?EDITOR',
    'VISUAL',
    'FCEDIT',
    '(?:(?:MAN|GH|PSQL|BAT|AWS|SYSTEMD_?|DELTA_?)_?)?PAGER',
  ],
  ...[
    '(?:GH_)?BROWSER',
    '(?:SSH|SUDO)_ASKPASS',
    'LESSOPEN',
    'LESSCLOSE',
    'LESSEDIT',
    'LESS',
    'RSYNC_RSH',
    'SVN_SSH',
    'CVS_RSH',
  ],
  ...[
    'TAR_OPTIONS',
    'ZIPOPT',
    'WGETRC',
    'CURL_HOME',
    'RIPGREP_CONFIG_PATH',
    'FZF_DEFAULT_(?:COMMAND|OPTS)',
    'PSQLRC',
    'HGRCPATH',
  ],
  ...['VIMINIT', 'EXINIT', 'GVIMINIT', 'MYVIMRC', 'EMACSLOADPATH', 'SCREENRC', 'AWKPATH', 'AWKLIBPATH', 'GNUPGHOME'],
  // The C library, and libraries that load modules.
  ...['GCONV_PATH', 'LOCPATH', 'SASL_PATH', 'ODBCINI', 'ODBCSYSINI'],
  ...['OPENSSL_(?:CONF|CONF_INCLUDE|MODULES|ENGINES)', 'GTK_(?:MODULES|PATH)', 'GIO_(?:EXTRA_MODULES|MODULE_DIR)'],
  ...[
    'GDK_PIXBUF_MODULE(?:_FILE|DIR)',
    'GST_PLUGIN_(?:PATH|SYSTEM_PATH|SCANNER)(?:_1_0)?',
    'QT_(?:PLUGIN_PATH|QPA_PLATFORM_PLUGIN_PATH)',
  ],
  ...[
    'VK_(?:ICD_FILENAMES|DRIVER_FILES|LAYER_PATH|ADD_LAYER_PATH)',
    'LIB(?:GL|VA)_DRIVERS_PATH',
    'VALGRIND_(?:OPTS|LIB)',
  ],
  // JavaScript.
  ...[
    'NODE_PATH',
    'NODE_REPL_EXTERNAL_MODULE',
    'NODE_COMPILE_CACHE',
    'NPM_(?:NODE_)?EXECPATH',
    'PNPM_CONFIG_.*',
    'BUN_OPTIONS',
  ],
  ...[
    'YARN_(?:RC_FILENAME|YARN_PATH|PLUGINS)',
    'COREPACK_HOME',
    'TS_NODE_(?:COMPILER|PROJECT|TRANSPILER|REQUIRE|CWD|DIR)',
  ],
  ...['ESBUILD_BINARY_PATH', 'TURBO_BINARY_PATH', 'BIOME_BINARY', 'NAPI_RS_NATIVE_LIBRARY_PATH', 'CYPRESS_RUN_BINARY'],
  ...['ELECTRON_(?:RUN_AS_NODE|OVERRIDE_DIST_PATH)'],
  // Python.
  ...[
    'PYTHON(?:PATH|HOME|INSPECT|BREAKPOINT|USERBASE|PLATLIBDIR|EXECUTABLE|PYCACHEPREFIX)',
    'PYTEST_(?:ADDOPTS|PLUGINS)',
  ],
  ...[
    'PYLINTRC',
    'COVERAGE_(?:RCFILE|PROCESS_START|PROCESS_CONFIG)',
    'IPYTHONDIR',
    'JUPYTER_(?:CONFIG_DIR|CONFIG_PATH|PATH)',
  ],
  ...[
    'PIP_(?:CONFIG_FILE|PYTHON)',
    'UV_(?:CONFIG_FILE|PROJECT_ENVIRONMENT)',
    'VIRTUAL_ENV',
    'POETRY_CONFIG_DIR',
    'PIPENV_PIPFILE',
  ],
  // Ruby, Perl and PHP.
  ...[
    'RUBY(?:OPT|LIB|PATH|SHELL)',
    'RUBYGEMS_GEMDEPS',
    'GEMRC',
    'BUNDLE_(?:GEMFILE|CONFIG|APP_CONFIG|BIN_PATH)',
    'BUNDLER_SETUP',
  ],
  ...['IRBRC', 'PRYRC', 'SPEC_OPTS', 'RAKEOPT', 'TESTOPTS', 'RUBOCOP_OPTS', 'PERL5(?:OPT|LIB|DB|SHELL)', 'PERLLIB'],
  ...[
    'PERL_(?:MB|MM)_OPT',
    'HARNESS_PERL(?:_SWITCHES)?',
    'PHPRC',
    'PHP_INI_SCAN_DIR',
    'COMPOSER',
    'COMPOSER_(?:HOME|VENDOR_DIR|BIN_DIR)',
  ],
  // The JVM.
  ...[
    '_?JAVA_OPTIONS',
    'JAVA_TOOL_OPTIONS',
    'JDK_JAVAC?_OPTIONS',
    'JAVA_OPTS',
    'JAVA_?CMD',
    'JVM_OPTS',
    'CLASSPATH',
    'CATALINA_OPTS',
  ],
  ...[
    'MAVEN_(?:OPTS|ARGS|CONFIG|DEBUG_OPTS|CMD_LINE_ARGS|BASEDIR|PROJECTBASEDIR)',
    'MVNW_REPOURL',
    'GRADLE_(?:OPTS|USER_HOME)',
  ],
  ...['ANT_(?:OPTS|ARGS)', 'SBT_OPTS', 'LEIN_JVM_OPTS', 'KOTLIN_COMPILER', 'GROOVY_CONF'],
  // Compiled languages: their compilers take plugins, wrappers and linkers.
  ...[
    'GOFLAGS',
    'GOENV',
    'GOTOOLDIR',
    'CGO_(?:C|CPP|CXX|F|LD)FLAGS(?:_ALLOW)?',
    'MAKEFLAGS',
    'GNUMAKEFLAGS',
    'MFLAGS',
    'MAKEFILES',
  ],
  ...[
    '(?:HOST_|TARGET_|BUILD_)?(?:C|CXX|CPP|LD|AS|F)FLAGS',
    'GCC_EXEC_PREFIX',
    'COMPILER_PATH',
    'LIBRARY_PATH',
    'CPATH',
  ],
  ...[
    '(?:C|CPLUS|OBJC)_INCLUDE_PATH',
    'CCACHE_(?:PREFIX|PREFIX_CPP|COMPILER|PATH|CONFIGPATH)',
    'PKG_CONFIG_(?:PATH|LIBDIR)',
  ],
  ...[
    'CMAKE_(?:TOOLCHAIN_FILE|PREFIX_PATH|C_COMPILER_LAUNCHER|CXX_COMPILER_LAUNCHER|PROJECT_TOP_LEVEL_INCLUDES)',
    'ACLOCAL_PATH',
  ],
  ...[
    'RUSTC_(?:WORKSPACE_)?WRAPPER',
    'RUST(?:DOC)?FLAGS',
    'CARGO_ENCODED_RUST(?:DOC)?FLAGS',
    'CARGO_(?:ALIAS|UNSTABLE|SOURCE|PATCH)_.*',
  ],
  ...[
    'CARGO_BUILD_RUST(?:C|C_WRAPPER|C_WORKSPACE_WRAPPER|DOC|FLAGS|DOCFLAGS)',
    'CARGO_TARGET_.*_(?:RUNNER|LINKER|RUSTFLAGS)',
  ],
  // .NET: MSBuild takes every variable for a property.
  ...['DOTNET_(?:STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE)', '(?:CORECLR|COR)_(?:ENABLE_PROFILING|PROFILER.*)'],
  ...[
    'CUSTOM(?:BEFORE|AFTER)MICROSOFT.*',
    'DIRECTORY(?:BUILD|PACKAGES)(?:PROPS|TARGETS)?PATH',
    'MSBUILD(?:SDKSPATH|EXTENSIONSPATH.*|ADDITIONALSDKRESOLVERS.*)',
  ],
  ...['NUGET_(?:CREDENTIALPROVIDERS_PATH|PLUGIN_PATHS|NETCORE_PLUGIN_PATHS|NETFX_PLUGIN_PATHS)'],
  // Other languages and tools.
  ...[
    'ERL_(?:A|Z)?FLAGS',
    'ERL_LIBS',
    'ERL_COMPILER_OPTIONS',
    'ELIXIR_ERL_OPTIONS',
    'MIX_(?:EXS|HOME|ARCHIVES|REBAR3?)',
    'HEX_HOME',
  ],
  ...[
    'LUA_(?:PATH|CPATH|INIT)(?:_5_[0-9])?',
    'R_(?:PROFILE|ENVIRON)(?:_USER)?',
    'R_LIBS(?:_USER|_SITE)?',
    'JULIA_(?:LOAD_PATH|DEPOT_PATH|PROJECT)',
  ],
  ...[
    'GHC_(?:ENVIRONMENT|PACKAGE_PATH)',
    'OCAMLPATH',
    'OCAMLFIND_CONF',
    'CAML_LD_LIBRARY_PATH',
    'TCLLIBPATH',
    'TCL_LIBRARY',
  ],
  ...[
    'GUILE_LOAD_(?:COMPILED_)?PATH',
    'NIX_(?:PATH|CONFIG)',
    'TF_CLI_(?:CONFIG_FILE|ARGS.*)',
    'ANSIBLE_(?:CONFIG|LIBRARY|.*_PLUGINS)',
    'HELM_PLUGINS',
  ],
];

/**
 * Variables that say where a program or a tool's directory is. The job may have them, and the config may hand them on as the
 * job has them: that is for people who may change a workflow. The config may not set them.
 */
const PLACES = [
  ...[
    'JAVA_HOME(?:_.*)?',
    'JRE_HOME',
    'GRADLE_HOME',
    'MAVEN_HOME',
    'M2_HOME',
    'ANDROID_HOME',
    'ANDROID_SDK_ROOT',
    'SDKMAN_DIR',
  ],
  ...[
    'GOROOT',
    'GOPATH',
    'GOBIN',
    'GOMODCACHE',
    'DOTNET_ROOT(?:_.*)?',
    'RUSTUP_HOME',
    'CARGO_HOME',
    'CARGO',
    'RUSTC',
    'RUSTDOC',
    'RUSTFMT',
  ],
  ...[
    'PYENV_ROOT',
    'RBENV_ROOT',
    'GEM_HOME',
    'GEM_PATH',
    'BUNDLE_PATH',
    'CONDA_PREFIX',
    'CONDA_EXE',
    'ASDF_DIR',
    'ASDF_DATA_DIR',
  ],
  ...[
    'MISE_DATA_DIR',
    'NVM_DIR',
    'VOLTA_HOME',
    'FNM_DIR',
    'PNPM_HOME',
    'BUN_INSTALL',
    'DENO_INSTALL',
    'NODE',
    'MIX_PATH',
  ],
  ...[
    '(?:HOST_|TARGET_)?(?:CC|CXX|CPP|LD|AR|AS|NM|RANLIB|FC)',
    'GCCGO',
    'OBJCOPY',
    'STRIP',
    'PKG_CONFIG',
    'CMAKE',
    'MAKE',
    'PYTHON',
    'RUBY',
    'PERL',
  ],
  ...[
    'CHROME_(?:BIN|PATH)',
    'CHROMIUM_(?:BIN|PATH)',
    'FIREFOX_BIN',
    'CHROMEWEBDRIVER',
    'GECKOWEBDRIVER',
    'EDGEWEBDRIVER',
    'PUPPETEER_EXECUTABLE_PATH',
  ],
  ...['PLAYWRIGHT_BROWSERS_PATH', 'KUBECONFIG', 'DOCKER_CONFIG', 'AWS_CONFIG_FILE', 'CLOUDSDK_(?:CONFIG|PYTHON)'],
];

const wholeName = (names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})$`, 'i');
const LOADING = wholeName(LOADS_CODE);
const PLACE = wholeName(PLACES);

/** Answers whether the config may hand on a variable of the job (threats §6.3). */
export const mayBeHandedOn = (variable: string): boolean => !NEVER_HANDED_ON.test(variable) && !LOADING.test(variable);

/** Answers whether the config may set a variable for a gate. */
export const mayBeSet = (variable: string): boolean => mayBeHandedOn(variable) && !PLACE.test(variable);
