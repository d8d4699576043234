import Foundation
import Glibc

/// What this process uses, as Linux tells it (proc(5)).
struct ProcessReading {
    /// Time of all processors, in seconds.
    let cpuSeconds: Double
    let residentBytes: Int
    let virtualBytes: Int
    /// When it started, in seconds since 1970.
    let startedAt: Double
    /// Nil where that cannot be read.
    let openFiles: Int?
    let maxFiles: Int

    /// This process now; nil where there is no /proc.
    init?() {
        guard let status = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let machine = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
        else { return nil }
        self.init(status: status, machine: machine)
    }

    /// - Parameters:
    ///   - status: the text of /proc/self/stat.
    ///   - machine: the text of /proc/stat.
    init?(status: String, machine: String) {
        // The second field is the program's name in parentheses, which may have any character.
        guard let name = status.lastIndex(of: ")") else { return nil }
        let fields = status[status.index(after: name)...].split(separator: " ").map { Int($0.trimmed) }
        let boot = machine.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Int($0.dropFirst(6)) }
        // From the third field on: 14 and 15 are times, 22 the start, 23 and 24 sizes.
        guard fields.count > 21, let user = fields[11], let system = fields[12], let start = fields[19],
            let size = fields[20], let pages = fields[21], let boot
        else { return nil }
        let ticks = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        cpuSeconds = Double(user + system) / ticks
        startedAt = Double(boot) + Double(start) / ticks
        virtualBytes = size
        residentBytes = pages * sysconf(Int32(_SC_PAGESIZE))
        openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
        maxFiles = OpenFileLimit.inForce
    }
}

extension Substring {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
