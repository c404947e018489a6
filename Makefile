# Yagura. `make run` shows the demo hospital, `make test` proves everything.
SWIFT = swift
CHECKED = --explicit-target-dependency-import-check error
DEMO = .build/demo
PORT = 8080

.PHONY: run build test test-long check format bench fuzz dist dist-proof clean-demo

# Builds, makes the demo hospital on embedded SQLite the first time, serves it on loopback and prints the address and the sign-in.
run:
	@scripts/install-needs build
	@$(SWIFT) build -c release $(CHECKED) --product yagura
	@scripts/run-demo .build/release/yagura $(DEMO) $(PORT)

build:
	@scripts/install-needs build
	@$(SWIFT) build $(CHECKED)

test:
	@scripts/install-needs test
	@scripts/test

# What takes longer: 100,000 cases a reader, libFuzzer, 200 kills, thread sanitizer, scale.
test-long:
	@scripts/install-needs test
	@scripts/test-long

# Format, warnings as errors, undeclared imports, and the tidy rules.
check:
	@git ls-files -z '*.swift' | xargs -0 $(SWIFT) format lint --strict --parallel
	@$(SWIFT) build $(CHECKED) --build-tests
	@$(SWIFT) test $(CHECKED) --disable-xctest --skip-build --filter TidyTests

format:
	@git ls-files -z '*.swift' | xargs -0 $(SWIFT) format -i --parallel

bench:
	@scripts/install-needs bench
	@Benchmarks/run

fuzz:
	@Fuzz/run all 60

# Tarball and .deb that run on Debian 12 without toolchain and internet, with checksums and a bill of materials.
dist:
	@scripts/install-needs dist
	@$(SWIFT) build -c release $(CHECKED) --static-swift-stdlib --product yagura
	@$(SWIFT) build -c release $(CHECKED) --static-swift-stdlib --product yagura-verify
	@scripts/dist .build/release

# Installs what `make dist` made into a bare Debian 12 and runs it there, upgraded from the build before (or OLDER=x.deb)
# and rolled back. Needs root.
dist-proof:
	@scripts/install-needs dist
	@scripts/prove-dist $(OLDER)

clean-demo:
	rm -rf $(DEMO)
