import ArgumentParser
import Foundation

/// `discador-benchmark`: how fast `discador` is, compared with a yardstick in the same run.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discador-benchmark",
        abstract: "Compares discador with a yardstick in the same run. Build with -c release.",
        subcommands: [
            DispatchCommand.self, ServiceCommand.self, ServiceProcess.self, ImportCommand.self, ClaimCommand.self,
            ReportCommand.self, WorkbookCommand.self,
            WebhooksCommand.self, BareListener.self,
        ],
        defaultSubcommand: DispatchCommand.self
    )
}

/// Prints a line and flushes it, though stdout may be a pipe: a benchmark takes minutes.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// Why there is no figure: one sentence with what to do.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The `discador` that is measured.
enum DiscadorProgram {
    /// The built program at `path`, or nil for the one beside this program.
    static func path(_ path: String?) throws -> String {
        let here = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".")
        let program = URL(fileURLWithPath: path ?? here.appending(path: "discador").path).path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw BenchmarkFailure(
                "There is no program \(program): build it with `swift build -c release --product discador`.")
        }
        return program
    }
}

extension Double {
    /// The number with a given count of digits after the point, as `1.25`, whatever the locale.
    func text(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let whole = "\(self < 0 && scaled > 0 ? "-" : "")\(scaled / scale)"
        guard decimals > 0 else { return whole }
        let digits = String(scaled % scale)
        return "\(whole).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
    }
}

extension [Double] {
    /// The middle value by size, the upper one of two; zero for an empty list.
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
