# Two commands do all: `make run` and `make test`. Both install what is missing, say what they do, and
# do nothing twice.

.PHONY: help run build install cluster cluster-stop test test-long test-cluster format lint packages clean

# Where `make install` puts things; DESTDIR goes before it.
PREFIX ?= /usr/local

help:
	@echo "make run        build and start the server with the demo"
	@echo "make test       run all tests"
	@echo "make cluster    build and start a whole cluster on this machine, with the demo; make cluster-stop ends it"
	@echo "make test-cluster  break such a cluster in every way that it has to survive"
	@echo "make build      build the release of the command nearby: .build/release/nearby"
	@echo "make install    install the command, its manual page and shell completions under PREFIX ($(PREFIX))"
	@echo "make test-long  the long forms: more simulation seeds, sanitizers"
	@echo "make format     format the sources;  make lint: check them"

packages:
	@scripts/install-packages

build: packages
	@echo "==> building the release (the first time takes 5 to 10 minutes)"
	@swift build -c release --product nearby

run: build
	@echo "==> starting nearby with the demo; stop it with Ctrl-C"
	@.build/release/nearby serve --demo $(ARGS)

cluster: build
	@scripts/install-packages cluster
	@scripts/cluster start $(ARGS)

cluster-stop:
	@scripts/cluster stop

install: build
	@echo "==> installing under $(DESTDIR)$(PREFIX)"
	@scripts/install "$(DESTDIR)$(PREFIX)"

test:
	@scripts/install-packages tests
	@echo "==> building the tests (the first time takes 5 minutes)"
	@swift build --build-tests --explicit-target-dependency-import-check error
	@echo "==> running the tests"
	@SWIFT_BACKTRACE=enable=no swift test --skip-build --skip '^(ServerTests|CLITests|BusTests|EtcdTests)\.' $(ARGS)
	@# One at a time: these talk to servers and processes over sockets, and wait only so long for an answer.
	@SWIFT_BACKTRACE=enable=no swift test --skip-build --no-parallel --filter '^(ServerTests|CLITests|BusTests|EtcdTests)\.' $(ARGS)
	@NEARBY=.build/debug/nearby scripts/test-web || { [ $$? -eq 75 ] && echo "==> THE PAGES WERE NOT TESTED"; }

test-cluster: build
	@scripts/install-packages cluster
	@scripts/test-cluster $(ARGS)

test-long: packages
	@scripts/test-long

format:
	@swift format -i --parallel --recursive Package.swift Sources Tests Benchmarks

lint:
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	@scripts/check-imports

clean:
	@swift package clean
