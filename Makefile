# The two commands of a newcomer, on Debian 12 with git, make and a package registry:
#   make run     install what is missing, build, assess the sample manifest
#   make check   the same, and run every test
#   make check-names   systematic names against OPSIN (Java), keys of salts against RDKit
# They are meant to be run again; what is there already is not done twice.

BUILD ?= build
PROGRAM = $(BUILD)/cli/tidewaiter
SECOND = $(BUILD)/second-judge

.PHONY: all run check check-names build needs-run needs-check clean

all: build

build: needs-run
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD)

run: needs-run
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD) cli/tidewaiter # nothing but the program: tests come with make check
	@$(PROGRAM) assess --format table examples/manifest.csv; \
	code=$$?; test $$code -le 1 # 1: some lines of the sample are broken on purpose

check: needs-check
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@meson configure $(BUILD) --clearcache -Dtests=enabled >/dev/null # what was installed since is looked for again
	@ninja -C $(BUILD)
	@test -d $(SECOND)/node_modules/@rdkit/rdkit || { \
	  echo "check: installing @rdkit/rdkit, the second judge of structures, in $(SECOND)"; \
	  npm install --prefix $(SECOND) --no-audit --no-fund --silent @rdkit/rdkit@2026.9.1 </dev/null || \
	  echo "check: @rdkit/rdkit could not be had; the tests that ask it are skipped"; }
	@RDKIT_JS=$(abspath $(SECOND)) meson test -C $(BUILD) --print-errorlogs --no-rebuild

NAMES = $(BUILD)/names
check-names: needs-check
	@sh tools/needs.sh names
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release
	@ninja -C $(BUILD)
	@test -x $(NAMES)/bin/python || python3 -m venv $(NAMES)
	@$(NAMES)/bin/pip install -q py2opsin==1.2.0 rdkit </dev/null
	@$(NAMES)/bin/python tests/screen/names.py $(BUILD)/tests/screen/test_names 4000 11
	@$(NAMES)/bin/python tools/salt_keys.py law/substances --check

needs-run:
	@sh tools/needs.sh run

needs-check:
	@sh tools/needs.sh check

clean:
	rm -rf $(BUILD)
