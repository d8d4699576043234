import CampaignCore
import Foundation
import Glibc
import Reports

/// The only place that prints. Results go to stdout; progress, notes and errors to stderr.
///
/// Printing a result throws when it cannot be written, so that no command pretends that its result was read. A reader
/// that has closed the pipe (`| head`) is not an error, nor is an unwritable stderr.
struct Output: Sendable {
    /// Whether results are printed as JSON.
    let isJSON: Bool
    /// Whether progress and notes are omitted.
    let isQuiet: Bool
    /// The language that people are spoken to in. JSON is in English whatever it is.
    var language = SystemEnvironment.language
    /// Where progress, notes and errors go.
    var errors = ErrorStream.standard

    /// Whether stderr is a terminal that a block of lines can be redrawn on.
    var canRedraw: Bool { errors.canRedraw }

    /// Whether a person reads the notes as they are printed.
    var isOnTerminal: Bool { errors.isTerminal }

    /// Whether stdout is a terminal that results can be redrawn on.
    var canRedrawResults: Bool { isatty(STDOUT_FILENO) == 1 && SystemEnvironment.environment["TERM"] != "dumb" }

    /// Whether anyone still reads the results: false once the other end of a pipe is closed.
    var hasReader: Bool {
        var stream = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&stream, 1, 0) <= 0 || stream.revents & Int16(POLLERR) == 0
    }

    /// How results look: colors on a terminal, ASCII where the locale is not UTF-8.
    let look = Self.standardLook

    private static let standardLook = TerminalLook(
        isTerminal: isatty(STDOUT_FILENO) == 1, environment: SystemEnvironment.environment)

    /// The columns that results can use on the terminal; nil when they do not go to one.
    var resultWidth: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        return ScreenBlock.textWidth(of: TerminalSize.now(of: STDOUT_FILENO))
    }

    /// Prints a result as lines of text, unless results are JSON. Text from lists and Z-API cannot control the
    /// terminal.
    func result(_ text: String) throws(Failure) {
        guard !isJSON else { return }
        try write(Self.lines(text, look))
    }

    /// Prints a result in the user's language, unless results are JSON.
    func result(_ phrase: Phrase) throws(Failure) {
        try result(phrase[language])
    }

    /// Finished lines of a result for people, as they look on stdout.
    func dressed(_ lines: [UInt8]) -> [UInt8] {
        Array(
            String(decoding: lines, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                .map { look.dressed(String($0)) }.joined(separator: "\n").utf8)
    }

    /// Prints a result as a JSON document, if results are JSON.
    ///
    /// - Parameter value: encodes itself as an object, to which the version is added.
    func result(json value: some Encodable) throws {
        guard isJSON else { return }
        try write(try JSONFormat.document(JSONDocument(content: value)) + Data("\n".utf8))
    }

    /// A list is no document: it has no place for the version, nor for anything that is added later.
    @available(*, unavailable, message: "print a JSONList with a name")
    func result(json value: [some Encodable]) throws {}

    /// Prints a result as one line of JSON, if results are JSON: a document of many.
    func result(jsonLine value: some Encodable) throws {
        guard isJSON else { return }
        try write(try Self.line(value))
    }

    /// Prints progress as one line of JSON on stderr, unless --quiet is given.
    func progress(jsonLine value: some Encodable) {
        guard !isQuiet, let line = try? Self.line(value) else { return }
        errors.write(Array(line))
    }

    private static func line(_ value: some Encodable) throws -> Data {
        try JSONFormat.document(JSONDocument(content: value), onOneLine: true) + Data("\n".utf8)
    }

    /// Writes the bytes of a result, such as a report.
    ///
    /// - Throws: ``ExitStatus/disk`` when they cannot be written.
    func write(_ bytes: some Sequence<UInt8>) throws(Failure) {
        do {
            try OpenFile(descriptor: STDOUT_FILENO).write(Array(bytes))
        } catch {
            let why = error.phrase
            throw Failure(
                .disk,
                Phrase(
                    "The results cannot be written to standard output (\(why.english)): what the command changed stays "
                        + "changed, but its output is incomplete. Free some space, or write the output elsewhere, and "
                        + "run the command again.",
                    "Não foi possível escrever os resultados na saída padrão (\(why.portuguese)): o que o comando "
                        + "mudou continua mudado, mas o que ele mostra está incompleto. Libere espaço, ou grave a saída em "
                        + "outro lugar, e execute o comando de novo.")
            )
        }
    }

    /// Prints something useful to know that is not a result, unless --quiet is given.
    func note(_ text: String) {
        guard !isQuiet else { return }
        errors.write(text, .info)
    }

    /// Prints a line of a log, which is never broken, unless --quiet is given.
    func note(line: String) {
        guard !isQuiet else { return }
        errors.write(line, .info, isLine: true)
    }

    /// Prints something useful to know in the user's language, unless --quiet is given.
    func note(_ phrase: Phrase) {
        note(phrase[languageOfErrors])
    }

    /// Prints something that the user must know, even with --quiet.
    func warn(_ phrase: Phrase) {
        warn(phrase[languageOfErrors])
    }

    /// Prints something that the user must know, even with --quiet.
    func warn(_ text: String) {
        warn(text, .warning)
    }

    /// Prints the error that a command ended with.
    func fail(_ failure: Failure) {
        if isJSON {
            // If even this fails, stderr still has the message.
            try? result(json: ErrorDocument(error: failure.message.english, exitCode: failure.exit.rawValue))
        }
        // As JSON, the level says it.
        let word = errors.format == .json ? "" : language.text("error: ", "erro: ")
        warn(word + failure.message[languageOfErrors], .error)
    }

    /// Asks the user in their language; nil when there is no terminal. Anything but a clear yes means no.
    func confirms(_ phrase: Phrase) -> Bool? {
        confirms(phrase[language])
    }

    /// Asks the user at the terminal; nil when there is no terminal. Anything but a clear yes means no.
    func confirms(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1, errors.isTerminal else { return nil }
        errors.write(
            Array("\(errors.look.folded(TerminalText.line(question))) \(language.text("[y/N]", "[s/N]")) ".utf8))
        return ["y", "yes", "s", "sim"].contains((readLine() ?? "").lowercased())
    }

    /// Asks the user at the terminal to write something; nil when there is no terminal.
    func answer(to phrase: Phrase) -> String? {
        guard isatty(STDIN_FILENO) == 1, errors.isTerminal else { return nil }
        errors.write(Array("\(errors.look.folded(TerminalText.line(phrase[language]))) ".utf8))
        return (readLine() ?? "").trimmingCharacters(in: .whitespaces)
    }

    /// Draws lines over those of `block` on stderr; `lines` is called with the width of the terminal.
    func draw(in block: inout ScreenBlock, _ lines: (Int) -> [String]) {
        draw(in: &block, staying: { _ in [] }, live: { lines($0.columns) })
    }

    /// Draws over the lines of `block` on stderr: `staying`, which are not redrawn any more, and below them `live`. Both
    /// are called with the columns and rows that a block can use.
    func draw(
        in block: inout ScreenBlock, staying: (TerminalSize) -> [String], live: (TerminalSize) -> [String]
    ) {
        let size = TerminalSize.now(of: errors.descriptor)
        let room = ScreenBlock.room(on: size)
        let bytes = block.bytes(live(room), below: staying(room), on: size, errors.look)
        if !bytes.isEmpty { errors.write(bytes) }
    }

    /// Clears the lines of `block` from stderr.
    func clear(_ block: inout ScreenBlock) {
        guard !block.isEmpty else { return }
        errors.write(block.clearing(on: TerminalSize.now(of: errors.descriptor)))
    }

    /// Draws a result over the one in `block`, unless results are JSON.
    func result(in block: inout ScreenBlock, _ lines: (Int) -> [String]) throws(Failure) {
        guard !isJSON else { return }
        let size = TerminalSize.now(of: STDOUT_FILENO)
        let bytes = block.bytes(lines(ScreenBlock.textWidth(of: size)), on: size, look)
        if !bytes.isEmpty { try write(bytes) }
    }

    /// Prints the argument parser's text: help and version are results, the rest is an error.
    func say(_ text: String, isResult: Bool) throws(Failure) {
        guard !text.isEmpty else { return }
        guard !isResult else { return try write(Array((look.folded(text) + "\n").utf8)) }
        guard errors.format == .text else { return errors.write(text, .error) }
        errors.write(
            errors.isJournal ? JournalPriority.error.line(text) : Array((errors.look.folded(text) + "\n").utf8))
    }

    /// The text as bytes, line by line, without characters that would control a terminal.
    static func lines(_ text: String, _ look: TerminalLook) -> [UInt8] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return Array(lines.map { look.dressed(TerminalText.line(String($0))) + "\n" }.joined().utf8)
    }

    /// JSON is for programs, in English as everywhere.
    private var languageOfErrors: Language { errors.format == .json ? .english : language }

    private func warn(_ text: String, _ priority: JournalPriority) {
        errors.write(text, priority, introduction: "discador: ")
    }
}

/// Occupies standard streams that the caller has closed. Otherwise the next file to be opened, such as a database's
/// lock, would become standard output, and results would be written into it. Writing to the stream remains an error.
func occupyClosedStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
        // open(2) uses the lowest free descriptor, which is this one.
        _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
}
