# One-line commands; `just check` is what CI runs.

# Everything that must hold before a change is shared.
check:
    bash .ci/run

# All tests.
test:
    cargo test --locked --workspace

# Answers a question over the example articles.
demo:
    cargo run --release --locked -- demo

# Every quality figure beside its target (needs the shared data).
score:
    cargo build --release --locked
    ../shared/tools/scoreboard.py target/release/onrecord
