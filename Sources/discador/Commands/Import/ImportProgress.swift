import CampaignCore
import Synchronization

/// The progress of an import, reported by the thread that reads and shown by another: a line that is redrawn on a
/// terminal, or a new line every ten seconds elsewhere.
final class ImportProgress: Sendable {
    private struct State {
        var file = ""
        var rows = 0
        var bytes = 0
        var size: Int?
        var isRead = false
        var start = SystemEnvironment.clock.now
        var block = ScreenBlock()
    }

    private let output: Output
    private let state = Mutex(State())

    init(output: Output) {
        self.output = output
    }

    /// Begins a list; `size` is nil when it is not known.
    func begin(_ file: String, size: Int?) {
        state.withLock { state in
            state = State(file: file, size: size, block: state.block)
        }
    }

    /// How much of the list has been read.
    func note(rows: Int, bytes: Int) {
        state.withLock { state in
            state.rows = rows
            state.bytes = bytes
        }
    }

    /// The list has been read; the rest is the database's work.
    func endReading(rows: Int) {
        state.withLock { state in
            state.rows = rows
            state.isRead = true
        }
    }

    /// Shows the progress repeatedly until it is cancelled.
    func refresh(on clock: some Clock<Duration>) async {
        guard !output.isQuiet else { return }
        // A short import shows nothing: it ends before anyone could read a line.
        var wait: Duration = output.canRedraw ? .milliseconds(500) : .seconds(10)
        while (try? await clock.sleep(for: wait)) != nil {
            if output.canRedraw { wait = .milliseconds(250) }
            show()
        }
    }

    /// How far it is, in words; nil before a list has begun.
    var phrase: Phrase? {
        state.withLock { state in
            guard !state.file.isEmpty else { return nil }
            let elapsed = SystemEnvironment.clock.now - state.start
            return Phrase { Self.line(state, elapsed: elapsed, $0) }
        }
    }

    /// Clears the line from the terminal, so that the result follows the command.
    func end() {
        state.withLock { output.clear(&$0.block) }
    }

    private func show() {
        state.withLock { state in
            guard !state.file.isEmpty else { return }
            let line = Self.line(state, elapsed: SystemEnvironment.clock.now - state.start, output.language)
            guard output.canRedraw else { return output.note(line) }
            output.draw(in: &state.block) { _ in [line] }
        }
    }

    /// `contatos.csv: 412 000 rows, 61 %, 398 000 rows/s, about 1s left`.
    private static func line(_ state: State, elapsed: Duration, _ language: Language) -> String {
        let rows = language.counted(state.rows, .row)
        guard !state.isRead else {
            return language.text(
                "\(state.file): \(rows) read, looking for duplicates",
                "\(state.file): \(rows) \(state.rows.noun("lida", "lidas")), procurando repetidas")
        }
        let seconds = max(elapsed.inSeconds, 0.001)
        var parts = ["\(state.file): \(rows)"]
        if let size = state.size, size > 0 { parts.append("\(min(100 * state.bytes / size, 100))%") }
        parts.append("\(Int(Double(state.rows) / seconds)) \(language.text("rows/s", "linhas/s"))")
        if let size = state.size, state.bytes > 0, size > state.bytes {
            let left = seconds / Double(state.bytes) * Double(size - state.bytes)
            let time = DurationText.left(.seconds(left))
            parts.append(language.text("about \(time) left", "faltam cerca de \(time)"))
        }
        return parts.joined(separator: ", ")
    }
}
