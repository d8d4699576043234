import Logging
import Reports

/// Hands log lines on without what would steer a terminal: their facts hold what Z-API and lists say.
struct TerminalLogHandler<Inner: LogHandler>: LogHandler {
    private var inner: Inner
    /// Writes where a block of lines may stand.
    private let making: @Sendable (() -> Void) -> Void

    /// - Parameter making: makes way for what is written, and has it written.
    init(_ inner: Inner, making: @escaping @Sendable (() -> Void) -> Void = { $0() }) {
        self.inner = inner
        self.making = making
    }

    var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = newValue }
    }

    var logLevel: Logger.Level {
        get { inner.logLevel }
        set { inner.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(TerminalText.line("\(event.message)"))"
        event.metadata = event.metadata?.mapValues { "\(TerminalText.line("\($0)"))" }
        making { inner.log(event: event) }
    }
}
