import Foundation
import Glibc
import Reports

/// The one place that prints. Results go to stdout; progress, notes and errors to stderr.
///
/// Whatever prints a result throws when it cannot be written, so that no command ends as if it had been read. A reader
/// that has left (`| head`) is no error, nor is a stderr that takes nothing.
struct Output: Sendable {
    /// Whether results are for a machine.
    let isJSON: Bool
    /// Whether progress and notes are wanted at all.
    let isQuiet: Bool

    /// Whether stderr is a terminal that a block of lines can be redrawn on.
    var canRedraw: Bool { isatty(STDERR_FILENO) == 1 && SystemEnvironment.environment["TERM"] != "dumb" }

    /// Whether results can be redrawn on the terminal that they go to.
    var canRedrawResults: Bool { isatty(STDOUT_FILENO) == 1 && SystemEnvironment.environment["TERM"] != "dumb" }

    /// Whether anybody still reads the results: false once the other end of a pipe is closed.
    var hasReader: Bool {
        var stream = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&stream, 1, 0) <= 0 || stream.revents & Int16(POLLERR) == 0
    }

    /// Whether results may be coloured: a terminal, and `NO_COLOR` (no-color.org) is not set.
    var hasColor: Bool {
        isatty(STDOUT_FILENO) == 1 && (SystemEnvironment.environment["NO_COLOR"] ?? "").isEmpty
            && SystemEnvironment.environment["TERM"] != "dumb"
    }

    /// A result for people, in lines; nothing when results are for a machine. What lists and Z-API say cannot steer the
    /// terminal.
    func result(_ text: String) throws(Failure) {
        guard !isJSON else { return }
        try write(Self.lines(text))
    }

    /// A result for a machine; nothing when results are for people.
    func result(json value: some Encodable) throws {
        guard isJSON else { return }
        try write(try Self.encoder.encode(value) + Data("\n".utf8))
    }

    /// How results for a machine are written.
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Bytes of a result, such as a report.
    ///
    /// - Throws: ``ExitStatus/disk`` when they cannot be written.
    func write(_ bytes: some Sequence<UInt8>) throws(Failure) {
        do {
            try OpenFile(descriptor: STDOUT_FILENO).write(Array(bytes))
        } catch {
            throw Failure(
                .disk,
                "The results cannot be written to standard output (\(error)): whatever the command did is done, and what it "
                    + "printed is cut short. Make room, or send them elsewhere, and ask again.")
        }
    }

    /// Something worth knowing that is no result.
    func note(_ text: String) {
        guard !isQuiet else { return }
        tell(Self.lines(text))
    }

    /// Something that must be known, quiet or not.
    func warn(_ text: String) {
        tell(Self.lines("discador: " + text))
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
        tell(Array("\(TerminalText.line(question)) [y/N] ".utf8))
        return ["y", "yes", "s", "sim"].contains((readLine() ?? "").lowercased())
    }

    /// Draws lines over those of `block` on stderr; `lines` are asked for by the width that they have.
    func draw(in block: inout ScreenBlock, _ lines: (Int) -> [String]) {
        let size = TerminalSize.now(of: STDERR_FILENO)
        let bytes = block.bytes(lines(ScreenBlock.textWidth(of: size)), on: size)
        if !bytes.isEmpty { tell(bytes) }
    }

    /// Takes the lines of `block` away from stderr.
    func clear(_ block: inout ScreenBlock) {
        guard !block.isEmpty else { return }
        tell(block.clearing(on: TerminalSize.now(of: STDERR_FILENO)))
    }

    /// A result for people, drawn over the one that `block` holds; nothing when results are for a machine.
    func result(in block: inout ScreenBlock, _ lines: (Int) -> [String]) throws(Failure) {
        guard !isJSON else { return }
        let size = TerminalSize.now(of: STDOUT_FILENO)
        let bytes = block.bytes(lines(ScreenBlock.textWidth(of: size)), on: size)
        if !bytes.isEmpty { try write(bytes) }
    }

    /// What the argument parser has to say: help and versions are results, the rest is an error.
    func say(_ text: String, isResult: Bool) throws(Failure) {
        guard !text.isEmpty else { return }
        if isResult { try write(Array((text + "\n").utf8)) } else { tell(Array((text + "\n").utf8)) }
    }

    /// Line by line, without what would steer a terminal.
    static func lines(_ text: String) -> [UInt8] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return Array(lines.map { TerminalText.line(String($0)) + "\n" }.joined().utf8)
    }

    /// Where nobody reads stderr, there is nobody to tell of it.
    private func tell(_ bytes: [UInt8]) {
        try? OpenFile(descriptor: STDERR_FILENO).write(bytes)
    }
}

/// Lets a write to a closed pipe, or past a file-size limit, be an error where it happens instead of the end of the
/// process.
func turnSignalsOfWritesIntoErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
}

/// Where a file that SQLite shares with other processes was cut short under this one, or its disk fails, there is no going
/// on. Nothing is lost by that: what is on disk is whole, and calls under way will be in doubt.
func sayWhatALostPageMeans() {
    signal(SIGBUS) { _ in
        let text: StaticString = """
            discador: a file of the database was cut short while it was in use (its -shm, by another program), or the disk fails. \
            Nothing more was written and nobody else is called; the next run goes on, and calls under way will be in doubt.

            """
        _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
        _exit(ExitStatus.disk.rawValue)
    }
}

/// Takes the places of standard streams that the caller has closed: the next file that is opened, such as the lock of a
/// database, would become standard output, and results would be written into it. Writing there stays an error.
func holdClosedStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
        // The lowest free descriptor is taken: this one.
        _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
}
