import ArgumentParser

/// `discador-benchmark`: how fast `discador` is, beside something everyone can judge, in the same run.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discador-benchmark",
        abstract: "Measures discador beside a yardstick in the same run. Build with -c release.",
        subcommands: [DispatchCommand.self, ImportCommand.self, ClaimCommand.self],
        defaultSubcommand: DispatchCommand.self
    )
}
