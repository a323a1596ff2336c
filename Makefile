# portflow: two commands are all it takes on a fresh Debian 12: `make demo` and `make test`.
BUILD := build/release
BIN := $(BUILD)/bin
DEMO := out/demo
# A package with a second word is needed only by the target of that name.
PACKAGES := $(shell awk 'NF == 1 && !/^\#/' tools/packages.txt)
LINT_PACKAGES := $(shell awk '$$2 == "lint" {print $$1}' tools/packages.txt)
SOURCES = $(shell git ls-files '*.cpp' '*.hpp')

.PHONY: packages build test demo validation measures bench lint format clean
.DEFAULT_GOAL := build

# Installs what is missing, and nothing when nothing is.
packages:
	@tools/install_packages $(PACKAGES)

build: packages
	@echo "== Building portflow (release)"
	@cmake --preset release
	@cmake --build $(BUILD)

test: build
	@echo "== Testing"
	@ctest --test-dir $(BUILD) --output-on-failure -j2

# A fortnight of Dalian without and with the first three measures, six times each.
demo: build
	@echo "== Comparing Dalian with and without three measures (1 of 2)"
	@mkdir -p $(DEMO)
	@$(BIN)/portflow compare scenarios/dalian/demo.yaml --package scenarios/packages/first_three.yaml \
	  --replications 6 --trace-a $(DEMO)/a.h5 --trace-b $(DEMO)/b.h5 --level full --force \
	  --json $(DEMO)/compare.json --report $(DEMO)/report.html \
	  --sensitivity scenarios/dalian/calibration/weakest.json
	@echo "== Drawing a moment of the replay (2 of 2)"
	@$(BIN)/portflow-view $(DEMO)/a.h5 --screenshot $(DEMO)/replay.png --size 1920x1080
	@echo "Look at $(DEMO)/report.html and $(DEMO)/replay.png; watch it with $(BIN)/portflow-view $(DEMO)/a.h5"

# Writes the tables of docs/validation.md anew.
validation: build
	@$(BIN)/portflow validate scenarios/dalian/2023.yaml --replications 3 --into docs/validation.md
	@$(BIN)/portflow validate scenarios/dalian/2017.yaml --held-out --replications 2 --into docs/validation.md
	@$(BIN)/portflow validate scenarios/dalian/2020.yaml --held-out --replications 2 --into docs/validation.md
	@$(BIN)/portflow validate scenarios/yingkou/2023.yaml --replications 3 --into docs/validation.md
	@$(BIN)/portflow calibrate scenarios/dalian/calibration/2023.yaml --into docs/validation.md

# Runs every measure by itself in pairs (some minutes) and writes docs/measures.md from what they did.
measures: build
	@$(BIN)/portflow measures effects --into docs/measures.json
	@$(BIN)/portflow measures page docs/measures.json --into docs/measures.md

bench: build
	@bench/run_all $(BIN) bench/results
	@bench/run_flat $(BIN) bench/results

lint:
	@tools/install_packages $(PACKAGES) $(LINT_PACKAGES)
	@echo "== Format"
	@clang-format-19 --dry-run -Werror $(SOURCES)
	@echo "== clang 19 and clang-tidy (the first time takes long; later only what changed is read)"
	@cmake --preset lint
	@cmake --build build/lint -j $$(nproc) -- -k 0

format:
	@clang-format-19 -i $(SOURCES)

clean:
	@rm -rf build out
