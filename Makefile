# portflow: two commands are all it takes on a fresh Debian 12: `make demo`, `make test`.
BUILD := build/release
PACKAGES := $(shell grep -v '^\#' tools/packages.txt)

.PHONY: packages build test
.DEFAULT_GOAL := build

# Installs what is missing, and nothing when nothing is.
packages:
	@tools/install_packages $(PACKAGES)

build: packages
	@cmake --preset release
	@cmake --build $(BUILD)

test: build
	@ctest --test-dir $(BUILD) --output-on-failure -j2
