import CampaignCore
import Foundation
import Logging
import Reports

/// How lines on stderr are written.
enum LogFormat: String, CaseIterable {
    /// For people.
    case text
    /// One JSON object a line, for log collectors, in English.
    case json

    /// The one that the command line asks for. It is found without the argument parser, since errors of the command line
    /// are written in it, too.
    init(arguments: [String]) {
        var arguments = arguments.prefix { $0 != "--" }
        self = .text
        while let argument = arguments.popFirst() {
            if argument == "--log-format", let name = arguments.first { self = Self(rawValue: name) ?? .text }
            if argument.hasPrefix("--log-format=") { self = Self(rawValue: String(argument.dropFirst(13))) ?? .text }
        }
    }
}

/// A line of the log as a JSON object: `{"level":"info","message":"run started","time":"…","campaign":"november"}`.
enum LogLine {
    /// Facts that are numbers; every other one is a string, even if it looks like a number, such as a campaign's name.
    static let numbers: Set<String> = [
        "accepted", "attempt", "bodies", "calls", "events", "httpStatus", "interrupted", "latencyMs", "limit", "port",
        "ready", "replies", "resolved", "total", "unspooled",
    ]
    private static let own: Set<String> = ["level", "message", "time"]

    /// - Parameter facts: metadata; a name of our own gets a `_` at its end.
    static func json(
        _ level: Logger.Level, _ message: String, _ facts: [String: String] = [:], at moment: Timestamp
    ) -> String {
        var members = [("time", moment.json(in: .gmt)), ("level", level.rawValue), ("message", message)]
            .map { "\(text($0)):\(text($1))" }
        members += facts.sorted { $0.key < $1.key }.map { name, value in
            let number = numbers.contains(name) ? Int(value).map(String.init) : nil
            return "\(text(own.contains(name) ? name + "_" : name)):\(number ?? text(value))"
        }
        return "{\(members.joined(separator: ","))}"
    }

    private static func text(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let bytes = try? encoder.encode(text)
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? #""""#
    }
}

/// Writes log lines as JSON, each in one write, so that lines of several tasks never mix.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    private let stream: ErrorStream
    private let now: @Sendable () -> Timestamp

    init(_ stream: ErrorStream, now: @escaping @Sendable () -> Timestamp = SystemEnvironment.now) {
        self.stream = stream
        self.now = now
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var facts = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
        if let error = event.error { facts["error"] = TerminalText.line("\(error)") }
        stream.writeJSON(LogLine.json(event.level, "\(event.message)", facts, at: now()), event.level)
    }
}
