import Logging
import Reports

/// How much a line in the journal matters; the numbers are those of syslog (sd-daemon(3)).
enum JournalPriority: Int {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7

    init(_ level: Logger.Level) {
        self =
            switch level {
            case .trace, .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error, .critical: .error
            }
    }

    /// The level of the log that it stands for.
    var level: Logger.Level {
        switch self {
        case .error: .error
        case .warning: .warning
        case .notice: .notice
        case .info: .info
        case .debug: .debug
        }
    }

    /// The text as one line of the journal, which takes every line for a message of its own.
    func line(_ text: String) -> [UInt8] {
        let parts = text.split(whereSeparator: \.isNewline).map { TerminalText.line(String($0)) }
        let folded = parts.map { $0.drop { $0 == " " } }.joined(separator: " ")
        return Array("<\(rawValue)>\(folded)\n".utf8)
    }
}

/// Writes log lines for the journal: `<6>instance changed instance=vendas trouble=none`. The journal adds the time and
/// the program.
struct JournalLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    private let stream: ErrorStream

    init(_ stream: ErrorStream) {
        self.stream = stream
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var facts = metadata.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error { facts["error"] = "\(error)" }
        let words = facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        stream.write(JournalPriority(event.level).line((["\(event.message)"] + words).joined(separator: " ")))
    }
}
