import CampaignCore
import Foundation
import Glibc

/// What dialing many campaigns cost, and what they got.
struct ServiceFigures: Codable {
    /// From the first campaign until all have joined.
    var joinSeconds = 0.0
    /// The time that was measured.
    var seconds: Double
    /// Calls that began in it.
    var calls: Int
    /// Calls that the paces of all instances allow in it.
    var paceCalls: Double
    /// CPU time of the process, in cores.
    var cores: Double
    /// Millions of bytes.
    var memory, peakMemory: Double
    var commitsPerSecond: Double
    /// The calls of the campaign that got the fewest, and of the one that got the most, as parts of what its paces
    /// allow.
    var leastServed, mostServed: Double
    /// How long the dispatcher takes to begin its next turn, half of the times and at worst.
    var turnMilliseconds, longestTurnMilliseconds: Double

    private enum Limit {
        static let cores = 0.5
        static let megabytes = 80.0
        static let pace = 0.99
    }

    /// The figures with their limits.
    func report(of shape: ServiceShape) -> [String] {
        // No time is a whole number of gaps: each instance may begin a call less.
        let least = 1 - Double(shape.pace) / Double(shape.seconds)
        let sharing = shape.sharing > 0 ? ", one in \(shape.instances + 1) shared by \(shape.sharing)" : ""
        return [
            "\(shape.campaigns) campaigns, \(shape.allInstances) instances\(sharing)\(shape.gated ? ", gated" : ""): "
                + "all joined after \(joinSeconds.text(decimals: 1)) s",
            "\((Double(calls) / seconds).text(decimals: 1)) calls/s, \((Double(calls) / paceCalls).text(decimals: 3)) of "
                + "what the paces allow (limit \(Limit.pace))",
            "\(cores.text(decimals: 2)) cores (limit \(Limit.cores))",
            "memory \(memory.text(decimals: 1)) MB, peak \(peakMemory.text(decimals: 1)) MB (limit "
                + "\(Limit.megabytes.text(decimals: 0)) MB)",
            "\(commitsPerSecond.text(decimals: 1)) commits/s, "
                + "\((Double(calls) / seconds / commitsPerSecond).text(decimals: 1)) calls a commit",
            "the least served campaign got \(leastServed.text(decimals: 2)) of its calls (limit "
                + "\(least.text(decimals: 2))), the most served one \(mostServed.text(decimals: 2))",
            "a turn begins within \(turnMilliseconds.text(decimals: 1)) ms, at worst "
                + "\(longestTurnMilliseconds.text(decimals: 1)) ms",
        ]
    }
}

/// What this process uses.
enum ProcessUsage {
    /// CPU time so far, user and system.
    static var cpuSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// Memory now and at its peak, in millions of bytes.
    static func memory() throws -> (now: Double, peak: Double) {
        let path = "/proc/self/status"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        func megabytes(_ key: String) throws -> Double {
            // For example "VmRSS:     51200 kB".
            let words = lines.first { $0.hasPrefix(key + ":") }?.split(whereSeparator: \.isWhitespace) ?? []
            guard words.count > 1, let kibibytes = Double(words[1]) else {
                throw BenchmarkFailure("\(path) does not say \(key).")
            }
            return kibibytes * 1.024 / 1000
        }
        return (try megabytes("VmRSS"), try megabytes("VmHWM"))
    }
}
