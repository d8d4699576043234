import CampaignStore
import Foundation
import Glibc
import Logging
import Reports

/// Where progress, notes, errors and log lines go: a terminal, the journal of systemd, or anything else.
struct ErrorStream: Sendable {
    /// This process's standard error.
    static let standard = ErrorStream(
        descriptor: STDERR_FILENO, environment: SystemEnvironment.environment, format: SystemEnvironment.logFormat)

    let descriptor: Int32
    /// Whether it leads to the journal, which knows the time and the program of each line, but not how much it matters.
    let isJournal: Bool
    let format: LogFormat
    /// How text looks there.
    let look: TerminalLook
    private let isDumb: Bool

    init(descriptor: Int32, environment: [String: String], format: LogFormat = .text) {
        self.format = format
        self.descriptor = descriptor
        isDumb = environment["TERM"] == "dumb"
        look = TerminalLook(isTerminal: isatty(descriptor) == 1, environment: environment)
        isJournal = Self.isJournal(descriptor, environment["JOURNAL_STREAM"])
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether it is a terminal that a block of lines can be redrawn on.
    var canRedraw: Bool { isTerminal && !isDumb && format == .text }

    /// Writes a message: line by line, without characters that would control a terminal. In the journal it is one line
    /// with its priority; as JSON, one object.
    ///
    /// - Parameters:
    ///   - introduction: what comes before the text elsewhere.
    ///   - isLine: whether it stays on one line, however narrow the terminal is.
    func write(_ text: String, _ priority: JournalPriority, introduction: String = "", isLine: Bool = false) {
        guard format == .text else {
            let line = text.split(whereSeparator: \.isNewline).map { TerminalText.line(String($0)) }
            return writeJSON(
                LogLine.json(priority.level, line.joined(separator: "\n"), at: SystemEnvironment.now()), priority.level)
        }
        let shown = isLine ? introduction + text : wrapped(introduction + text)
        write(isJournal ? priority.line(text) : Output.lines(shown, look))
    }

    /// On a terminal, broken between words: it would break anywhere.
    private func wrapped(_ text: String) -> String {
        guard isTerminal else { return text }
        let width = TerminalSize.now(of: descriptor).columns
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { TextFlow.paragraph(String($0), width: width) }.joined(separator: "\n")
    }

    /// Writes an object as one line, in the journal with its priority.
    func writeJSON(_ object: String, _ level: Logger.Level) {
        write(Array("\(isJournal ? "<\(JournalPriority(level).rawValue)>" : "")\(object)\n".utf8))
    }

    /// If it cannot be written to, there is nowhere to report that.
    func write(_ bytes: [UInt8]) {
        try? OpenFile(descriptor: descriptor).write(bytes)
    }

    /// `JOURNAL_STREAM` is inherited also by processes whose output has been redirected since: it names the device and
    /// inode of the stream (systemd.exec(5), "Environment Variables Set on Invocation").
    private static func isJournal(_ descriptor: Int32, _ variable: String?) -> Bool {
        guard let numbers = variable?.split(separator: ":"), numbers.count == 2, let device = UInt64(numbers[0]),
            let number = UInt64(numbers[1])
        else {
            return false
        }
        return FileStatus(ofDescriptor: descriptor)?.identity == FileIdentity(device: device, number: number)
    }
}
