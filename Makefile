# Shortcuts; each line is a plain command that works without make.
.PHONY: build release test lint fuzz bench score

build:
	go build ./cmd/ocopstat

# The program as it is given away: without symbols and without a C library, the
# same bytes from the same commit wherever it is built.
release:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" ./cmd/ocopstat

test:
	go test ./...

lint:
	test -z "$$(gofmt -l .)"
	go vet ./...
	go mod tidy -diff
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	dead=$$(go run golang.org/x/tools/cmd/deadcode@v0.51.0 ./cmd/...) && echo "$$dead" && test -z "$$dead"

# Every fuzz target for FUZZTIME.
FUZZTIME ?= 10s
fuzz:
	@grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u | while read -r pkg; do \
		grep -hoE '^func Fuzz[A-Za-z0-9_]*' $$pkg/*_test.go | cut -d' ' -f2 | while read -r target; do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done || exit 1; \
	done

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Needs the annotated articles in ../shared.
score:
	go run ./cmd/ocopstat eval ../shared/seeds
	go run ./cmd/ocopstat eval ../shared/gold
