import Foundation
import Glibc
import Reports

/// The one place that prints. Results go to stdout; progress, notes and errors to stderr.
struct Output: Sendable {
    /// Whether results are for a machine.
    let isJSON: Bool
    /// Whether progress and notes are wanted at all.
    let isQuiet: Bool

    /// Whether stderr is a terminal that a block of lines can be redrawn on.
    var canRedraw: Bool { isatty(STDERR_FILENO) == 1 && Surroundings.environment["TERM"] != "dumb" }

    /// Whether results may be coloured: a terminal, and `NO_COLOR` (no-color.org) is not set.
    var hasColor: Bool {
        isatty(STDOUT_FILENO) == 1 && (Surroundings.environment["NO_COLOR"] ?? "").isEmpty
            && Surroundings.environment["TERM"] != "dumb"
    }

    /// A result for people, in lines; nothing when results are for a machine. What lists and Z-API say cannot steer the
    /// terminal.
    func result(_ text: String) {
        guard !isJSON else { return }
        write(Self.lines(text), to: STDOUT_FILENO)
    }

    /// A result for a machine; nothing when results are for people.
    func result(json value: some Encodable) throws {
        guard isJSON else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        write(try encoder.encode(value) + Data("\n".utf8))
    }

    /// Bytes of a result, such as a report.
    func write(_ bytes: some Sequence<UInt8>) {
        write(Array(bytes), to: STDOUT_FILENO)
    }

    /// Something worth knowing that is no result.
    func note(_ text: String) {
        guard !isQuiet else { return }
        write(Self.lines(text), to: STDERR_FILENO)
    }

    /// Something that must be known, quiet or not.
    func warn(_ text: String) {
        write(Self.lines("discador: " + text), to: STDERR_FILENO)
    }

    /// The error a command ended with.
    func fail(_ failure: Failure) {
        if isJSON {
            struct Document: Encodable {
                var error: String
                var exitCode: Int32
            }
            // Should even this fail, stderr still says what happened.
            try? result(json: Document(error: failure.message, exitCode: failure.exit.rawValue))
        }
        warn("error: " + failure.message)
    }

    /// Asks a person at the terminal; nil when there is nobody to ask. Whatever is no clear yes is a no.
    func confirms(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        write(Array("\(TerminalText.line(question)) [y/N] ".utf8), to: STDERR_FILENO)
        return ["y", "yes", "s", "sim"].contains((readLine() ?? "").lowercased())
    }

    /// Draws a block of lines over the last `count` lines of stderr.
    func redraw(_ block: [String], over count: Int) {
        write(Self.redrawing(block, over: count), to: STDERR_FILENO)
    }

    /// The bytes of ``redraw(_:over:)``: nothing in the lines steers the terminal, only what is put before them.
    static func redrawing(_ block: [String], over count: Int) -> [UInt8] {
        let up = count > 0 ? "\u{1B}[\(count)F\u{1B}[J" : ""
        return Array(up.utf8) + block.flatMap { Array((TerminalText.line($0) + "\n").utf8) }
    }

    /// Line by line, without what would steer a terminal.
    private static func lines(_ text: String) -> [UInt8] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return Array(lines.map { TerminalText.line(String($0)) + "\n" }.joined().utf8)
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress?.advanced(by: sent), raw.count - sent)
            }
            if count < 0, errno == EINTR { continue }
            // A reader that has left (`| head`) has what it wanted.
            guard count > 0 else { return }
            sent += count
        }
    }
}

/// Lets a write to a closed pipe, or past a file-size limit, be an error where it happens instead of the end of the
/// process.
func turnSignalsOfWritesIntoErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
}
