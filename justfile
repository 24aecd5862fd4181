# One-line commands; `just check` is what CI runs.

# Everything that must hold before a change is shared.
check:
    bash .ci/run

# All tests.
test:
    cargo test --locked --workspace

# Speed beside what `just bench --save-baseline main` kept; other words name a group, as in `just bench query`.
bench *arguments="--baseline main":
    cargo bench --locked -- {{arguments}}

# Answers a question over the example articles.
demo:
    cargo run --release --locked -- demo

# Every quality figure beside its target (needs the shared data).
score:
    cargo build --release --locked
    ../shared/tools/scoreboard.py target/release/onrecord
