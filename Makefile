# The two commands of a newcomer, on Debian 12 with git, make and a network:
#   make run     install what is missing, build, assess the sample manifest
#   make check   the same, and run the tests of the program and of the C library
# And: make install [PREFIX=DIR] [DESTDIR=DIR] [STATIC=1]; make uninstall with the same words
#   make check-long    tests that take half a minute and more each
#   make check-deb     the Debian packages: built, checked by lintian, unpacked and used
#   make check-docker  the steps of the Dockerfile in a chroot, as root; no Docker is needed
#   make coverage      lines of src/ that the tests reach; fails under 92% of a file
#   make bench         the program beside its rivals, one table (heavy; on a quiet machine)
#   make lint          clang-tidy and cppcheck
#   make clang         every test and every part built by clang, warnings as errors
#   make explore       properties, columns and fuzzers from seeds of the day (EXPLORE=SECONDS each)
#   make prove         the arithmetic of money proved (Frama-C, Z3)
#   make check-python  the package for Python: built, audited, and its answers the program's
#   make check-arrow   lines as columns beside the same lines as CSV (pyarrow)
#   make check-page    the page in a browser (Chromium): each view, errors, keyboard, phone
#   make check-mcp     the tools for agents, by the client of the protocol
#   make check-api     the server held to its own description (redocly, schemathesis), its metrics (promtool)
#   make check-spark   the package in Spark, on a small cluster of this machine
#   make check-spark-cluster   the same on a master and two workers, one of which is killed (heavy)
#   make check-sums    sums of a month on 20,000 lines with 6,000 persons, against a model (heavy)
#   make check-patterns   patterns planted in a million lines, all found and nothing else (heavy)
#   make check-memory     patterns and sums in the same memory for 2,000,000 lines as for 200,000
#   make check-scenarios  each scenario against a law changed by hand, 100,000 lines (heavy)
#   make docs-site     the documentation as a site, links checked
#   make golden-set    the cases as one table that any program can be held against
#   make check-names   systematic names against OPSIN (Java), keys of salts against RDKit
#   make check-duckdb, check-postgresql, check-sqlite     the extensions of these databases, each
#                      in the database itself, against the program's answers; check-duckdb also
#                      Parquet, by DuckDB's library
# They are meant to be run again; what is there already is not done twice.

BUILD ?= build
PROGRAM = $(BUILD)/cli/tidewaiter
SECOND = $(BUILD)/second-judge

.PHONY: all run check check-long check-page check-mcp check-api check-deb check-docker check-patterns check-memory check-sums check-scenarios check-arrow check-duckdb check-postgresql check-sqlite check-python check-spark check-spark-cluster check-names golden-set docs-site coverage prove lint tidy clang explore bench install uninstall build needs-run needs-check clean

all: build

build: needs-run
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD)

run: needs-run
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program # the program alone: tests come with make check
	@$(PROGRAM) --no-config --no-pager assess --format table examples/manifest.csv; \
	code=$$?; test $$code -le 1 # 1: some lines of the sample are broken on purpose
	@sh tools/next.sh $(PROGRAM)

# make install [PREFIX=/usr] [DESTDIR=/tmp/package] [STATIC=1]: program, libraries, headers, law, pages,
# completions; STATIC=1: the library as an archive too. Libraries go where the loader of every Debian
# looks, which is told of them.
LIBDIR = lib
install: needs-run
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) --libdir=$(LIBDIR) -Darchive=$(if $(STATIC),true,false) \
	  $(if $(PREFIX),--prefix=$(abspath $(PREFIX)))
	@ninja -C $(BUILD)
	@meson install -C $(BUILD) --no-rebuild --quiet $(if $(DESTDIR),--destdir=$(abspath $(DESTDIR)))
	@test -n "$(DESTDIR)" || test "$$(id -u)" != 0 || ldconfig

uninstall:
	@python3 tools/uninstall.py $(BUILD) $(if $(DESTDIR),--destdir $(abspath $(DESTDIR)))
	@test -n "$(DESTDIR)" || test "$$(id -u)" != 0 || ldconfig

check: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) --clearcache -Dwerror=true -Dtests=enabled -Dstructures=enabled >/dev/null # what was installed since is looked for again
	@ninja -C $(BUILD)
	@test -d $(SECOND)/node_modules/@rdkit/rdkit || { \
	  echo "check: installing @rdkit/rdkit, the second judge of structures, in $(SECOND)"; \
	  npm install --prefix $(SECOND) --no-audit --no-fund --silent @rdkit/rdkit@2026.9.1 </dev/null || \
	  echo "check: @rdkit/rdkit could not be had; the tests that ask it are skipped"; }
	@RDKIT_JS=$(abspath $(SECOND)) meson test -C $(BUILD) --print-errorlogs --no-rebuild --no-suite long

# Tests that take half a minute and more, of what is built for `make check`.
check-long: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) -Dtests=enabled >/dev/null
	@ninja -C $(BUILD)
	@meson test -C $(BUILD) --print-errorlogs --no-rebuild --suite long

# make check-arrow [ARROW_LINES=1000000] [ARROW_SEED=7]
ARROW = $(BUILD)/arrow
ARROW_LINES = 60000
ARROW_SEED = 1
check-arrow: needs-run
	@sh tools/needs.sh arrow
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson compile -C $(BUILD) tidewaiter:executable tidewaiter:shared_library
	@test -x $(ARROW)/bin/python || python3 -m venv $(ARROW)
	@$(ARROW)/bin/pip install -q pyarrow==26.0.1 </dev/null
	@$(ARROW)/bin/python tests/arrow/differential.py $(BUILD) $(ARROW_LINES) $(ARROW_SEED)

NAMES = $(BUILD)/names
# The Debian packages: built, read by lintian, unpacked and used. They stay in the folder.
DEB = $(BUILD)-deb
check-deb: needs-run
	@sh tools/needs.sh deb
	@sh tests/deb/build.sh $(DEB)
	@lintian --allow-root --fail-on error,warning $(DEB)/*.changes
	@python3 tests/deb/smoke.py $(DEB)

# The steps of the Dockerfile in chroots, and an installation in one. What debootstrap makes stays.
DOCKER = $(BUILD)/docker
check-docker:
	@sh tools/needs.sh docker
	@python3 tests/docker/run.py $(DOCKER)

check-names: needs-check
	@sh tools/needs.sh names
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD)
	@test -x $(NAMES)/bin/python || python3 -m venv $(NAMES)
	@$(NAMES)/bin/pip install -q py2opsin==1.2.0 rdkit </dev/null
	@$(NAMES)/bin/python tests/judge/names.py $(BUILD)/tests/judge/test_names 4000 11
	@$(NAMES)/bin/python tools/salt_keys.py law/substances --check

check-sums: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@python3 tests/sums/run.py $(PROGRAM) 20000 1 6000

# A short form is in make check.
PATTERN_LINES = 1000000
check-patterns: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@python3 tests/across/planted.py $(PROGRAM) $(PATTERN_LINES)

# The passes over all lines need the same memory for few as for many.
MEMORY_LINES = 200000,2000000
check-memory: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@python3 bench/memory.py $(PROGRAM) --lines $(MEMORY_LINES)

# Each scenario that is shipped by itself; make check does several at once, on few lines.
SCENARIO_LINES = 100000
check-scenarios: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) -Dtests=enabled >/dev/null
	@ninja -C $(BUILD) program src/lawc
	@python3 tests/compare/by_hand.py $(PROGRAM) $(BUILD)/src/lawc law $(SCENARIO_LINES) each

# Lines made at random, beside all cases, on which each package and extension gives the program's
# findings; and those of the stream whose memory is looked at.
export LINES_SAME = 200000
export LINES_MEMORY = 2000000

# The extension in DuckDB's shell, in Node and in Python by the oldest, the last and the newest
# version that it is made for. The newest answers all the lines; the interface is one.
DUCKDB = $(BUILD)/duckdb
DUCKDB_EXTENSION = $(BUILD)/bindings/duckdb/tidewaiter.duckdb_extension
DUCKDB_VERSIONS = 1.3.2 1.4.4 2.0.1
check-duckdb: needs-run
	@sh tools/needs.sh duckdb
	@sh bindings/duckdb/headers.sh $(DUCKDB)/include
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) -Dduckdb=enabled -Dduckdb_headers=$(abspath $(DUCKDB)/include) >/dev/null
	@ninja -C $(BUILD) program bindings/duckdb/tidewaiter.duckdb_extension
	@test -x $(DUCKDB)/shell/bin/duckdb || { python3 -m venv $(DUCKDB)/shell && \
	  $(DUCKDB)/shell/bin/pip install -q duckdb-cli==1.5.6 </dev/null; }
	@for version in $(DUCKDB_VERSIONS); do test -d $(DUCKDB)/$$version/duckdb || \
	  $(DUCKDB)/shell/bin/pip install -q --target $(DUCKDB)/$$version duckdb==$$version pytz </dev/null || exit 1; done
	@test -d $(DUCKDB)/node/node_modules/@duckdb/node-api || npm install --prefix $(DUCKDB)/node \
	  --no-audit --no-fund --silent @duckdb/node-api@1.5.6-r.1 </dev/null
	@python3 tests/sql/duckdb_cli.py $(DUCKDB)/shell/bin/duckdb $(abspath $(DUCKDB_EXTENSION)) docs/duckdb.md
	@NODE_FOLDER=$(abspath $(DUCKDB)/node) node tests/sql/duckdb_node.mjs $(abspath $(DUCKDB_EXTENSION))
	@for version in $(DUCKDB_VERSIONS); do \
	  lines=5000; test $$version != $(lastword $(DUCKDB_VERSIONS)) || lines=$(LINES_SAME); \
	  PYTHONPATH=$(DUCKDB)/$$version $(DUCKDB)/shell/bin/python tests/sql/duckdb_python.py $(PROGRAM) \
	    $(abspath $(DUCKDB_EXTENSION)) $$lines || exit 1; done
	@PYTHONPATH=$(DUCKDB)/$(lastword $(DUCKDB_VERSIONS)) $(DUCKDB)/shell/bin/python tests/sql/parquet.py $(PROGRAM) \
	  $(DUCKDB)/node/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so $(LINES_SAME)

# The extension in a server that the test starts, as an ordinary user, and takes away again.
check-postgresql: needs-run
	@sh tools/needs.sh postgresql
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson compile -C $(BUILD) tidewaiter:executable tidewaiter:shared_library
	@python3 tests/sql/postgresql.py $(PROGRAM) $(BUILD)/src $(LINES_SAME)

check-sqlite: needs-run
	@sh tools/needs.sh sqlite
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) -Dsqlite=enabled >/dev/null
	@ninja -C $(BUILD) program bindings/sqlite/tidewaiter.so
	@python3 tests/sql/sqlite.py $(PROGRAM) $(abspath $(BUILD))/bindings/sqlite/tidewaiter docs/sqlite.md $(LINES_SAME)

# The cases as one table for any program; golden-set/README.md says how answers are held against it.
golden-set:
	@mkdir -p $(BUILD)
	@python3 golden-set/make.py $(BUILD)/golden-set.csv
	@echo "$(BUILD)/golden-set.csv"

# The documentation as a site, in $(SITE)/site; a link to what there is not ends it.
SITE = $(BUILD)/docs-site
docs-site:
	@sh tools/needs.sh python
	@python3 tools/site.py $(SITE)
	@test -x $(SITE)/tools/bin/mkdocs || { python3 -m venv $(SITE)/tools && \
	  $(SITE)/tools/bin/pip install -q mkdocs-material==9.8.2 </dev/null; }
	@cd $(SITE) && NO_MKDOCS_2_WARNING=1 tools/bin/mkdocs build --strict --quiet
	@echo "$(SITE)/site/index.html"

# The page in Debian's Chromium, driven by playwright; pictures of what was seen stay in the folder.
PAGE = $(BUILD)/page
check-page: needs-run
	@sh tools/needs.sh page
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@test -d $(PAGE)/node_modules/@axe-core/playwright || PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install \
	  --prefix $(PAGE) --no-audit --no-fund --silent playwright-core@1.65.1 @axe-core/playwright@4.13.0 </dev/null
	@node tests/serve/page.mjs $(PROGRAM) . $(PAGE)/shots $(PAGE)

# The tools for agents, asked by the protocol's own client.
MCP = $(BUILD)/mcp
check-mcp: needs-run
	@sh tools/needs.sh python
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@test -x $(MCP)/bin/python || python3 -m venv $(MCP)
	@$(MCP)/bin/pip install -q mcp==2.3.0 </dev/null
	@$(MCP)/bin/python tests/serve/agents_client.py $(PROGRAM)

# make check-api [API_EXAMPLES=100]: the server against its own description, of so many examples a route.
API = $(BUILD)/api
API_EXAMPLES = 2
check-api: needs-run
	@sh tools/needs.sh api
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@test -x $(API)/bin/python || python3 -m venv $(API)
	@$(API)/bin/pip install -q schemathesis==4.32.5 openapi-spec-validator==0.9.0 </dev/null
	@test -d $(API)/node_modules/@redocly/cli || npm install --prefix $(API) --no-audit --no-fund --silent \
	  @redocly/cli@2.77.0 </dev/null
	@REDOCLY_TELEMETRY=off python3 tests/serve/api.py $(PROGRAM) $(API) $(API_EXAMPLES)

# The package in Spark, on a small cluster of this machine: a driver and two workers.
SPARK = $(BUILD)/spark
SPARK_RUN = TIDEWAITER_PROGRAM=$(abspath $(PROGRAM)) SPARK_LOCAL_IP=127.0.0.1 \
  SPARK_LOCAL_HOSTNAME=localhost PYSPARK_PYTHON=$(abspath $(SPARK))/bin/python \
  JAVA_TOOL_OPTIONS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' $(SPARK)/bin/python
.PHONY: spark
spark:
	@sh tools/needs.sh run
	@sh tools/needs.sh python
	@sh tools/needs.sh java
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@test -x $(SPARK)/bin/python || python3 -m venv $(SPARK)
	@$(SPARK)/bin/pip install -q pyspark==4.3.0 pyarrow==26.0.1 'pandas<3' </dev/null
	@$(SPARK)/bin/pip install -q --force-reinstall --no-deps ./bindings/python </dev/null

check-spark: spark
	@$(SPARK_RUN) bindings/python/tests/spark.py

# The long form: a standalone cluster, LINES of them with a worker killed, MEASURED of them by one
# worker and by two in turns.
LINES = 2000000
MEASURED = 500000
check-spark-cluster: spark
	@$(SPARK_RUN) bindings/python/tests/spark_cluster.py $(LINES) $(MEASURED)

COVERAGE = build-coverage
coverage: needs-check
	@test -f $(COVERAGE)/build.ninja || meson setup $(COVERAGE) --buildtype=debug -Doptimization=1 \
	  -Db_coverage=true -Dwerror=false -Dtests=enabled
	@ninja -C $(COVERAGE)
	@find $(COVERAGE) -name '*.gcda' -delete
	@meson test -C $(COVERAGE) --no-rebuild --print-errorlogs --timeout-multiplier 10
	@$(MAKE) --no-print-directory check-arrow BUILD=$(COVERAGE)
	@python3 tools/coverage.py $(COVERAGE)

# make bench [BENCH="--billion --rounds 5"] [RESULT=bench/results/DAY.md]: a release build, at best
# with nothing beside it. The rivals are installed in the build folder; one that cannot be had is
# left out, by name.
RIVALS = $(BUILD)/rivals
RESULT = bench/results/$(shell date +%F).md
bench: needs-run
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD)
	@test -x $(RIVALS)/bin/python || python3 -m venv $(RIVALS)
	@for rival in duckdb==2.0.1 polars==2.1.0 pyahocorasick==2.3.1 hyperscan==0.9.1 zen-engine==2.1.3; do \
	  $(RIVALS)/bin/pip install -q $$rival </dev/null || echo "bench: $$rival could not be had"; done
	@python3 bench/run.py $(BUILD) --rivals $(RIVALS)/bin/python --write $(RESULT) $(BENCH)

LINT = $(BUILD)-lint
# A path through a function is followed so far: a quarter of what the analyzer does by itself, which
# finds the same in a quarter of the time.
TIDY = -extra-arg=-Xclang -extra-arg=-analyzer-config -extra-arg=-Xclang -extra-arg=max-nodes=60000
lint: tidy
	@cppcheck --quiet --std=c11 --enable=warning,portability --suppressions-list=tools/cppcheck.txt \
	  --error-exitcode=1 -j2 -Iinclude -Isrc -I. -D_GNU_SOURCE src cli

# What the analyzer of clang and bugprone say, by .clang-tidy; an exception is a NOLINT that says why.
tidy:
	@sh tools/needs.sh lint
	@test -f $(LINT)/build.ninja || CC=clang CXX=clang++ meson setup $(LINT) -Dtests=disabled \
	  -Doptimization=0 >/dev/null
	@ninja -C $(LINT) $$(ninja -C $(LINT) -t targets all | sed -n 's/\.h: CUSTOM_COMMAND.*/.h/p') >/dev/null # headers that are made
	@run-clang-tidy-14 -quiet -j2 -p $(LINT) $(TIDY) '$(CURDIR)/(src|cli)/.*\.c$$' >$(LINT)/tidy.log 2>&1 || \
	  { grep -A4 'error:' $(LINT)/tidy.log; exit 1; }

# Every test and every part, built by the other compiler; warnings are errors.
CLANG = $(BUILD)-clang
clang: needs-check
	@sh tools/needs.sh fuzz
	@test -f $(CLANG)/build.ninja || CC=clang CXX=clang++ meson setup $(CLANG) --buildtype=plain \
	  -Doptimization=0 -Dwerror=true -Dtests=enabled >/dev/null
	@meson configure $(CLANG) -Dwerror=true
	@ninja -C $(CLANG) >$(CLANG)/clang.log || { grep -A6 'error:' $(CLANG)/clang.log; exit 1; }

# What CI draws from a fixed seed, from others and for longer. What a fuzzer finds stays in its folder.
EXPLORE = 60
FUZZ = $(BUILD)-fuzz
explore: needs-check
	@sh tools/needs.sh fuzz
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) -Dtests=enabled >/dev/null
	@ninja -C $(BUILD)
	@$(BUILD)/tests/properties/properties law $(EXPLORE)s $$(date +%s)
	@$(MAKE) --no-print-directory check-arrow ARROW_SEED=$$(date +%s)
	@test -f $(FUZZ)/build.ninja || CC=clang CXX=clang++ meson setup $(FUZZ) --buildtype=debugoptimized \
	  -Dfuzzers=true -Dtests=disabled -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C $(FUZZ) >/dev/null
	@cd $(FUZZ) && for target in tests/fuzz/fuzz_*; do \
	  test -f $$target && test -x $$target || continue; \
	  kind=$${target##*fuzz_}; mkdir -p corpus/$$kind; echo "== $$kind"; \
	  $$target -max_total_time=$(EXPLORE) -timeout=10 -rss_limit_mb=2048 -verbosity=0 corpus/$$kind \
	    $(CURDIR)/tests/fuzz/corpus/$$kind || exit 1; done

prove:
	@sh tools/needs.sh prove
	@python3 tests/prove/run.py

# The package for Python: the wheel from its source distribution, audited and tested in an
# environment of its own, and an install from the checkout in a clean one.
PYTHON = $(BUILD)/python
check-python:
	@sh tools/needs.sh run
	@sh tools/needs.sh python
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) program
	@sh bindings/python/tests/run.sh $(BUILD)/cli/tidewaiter $(PYTHON)

needs-run:
	@sh tools/needs.sh run

needs-check:
	@sh tools/needs.sh check

clean:
	rm -rf $(BUILD)
