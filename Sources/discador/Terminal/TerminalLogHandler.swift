import Logging
import Reports

/// Hands log lines on without what would steer a terminal: their facts hold what Z-API and lists say.
struct TerminalLogHandler<Inner: LogHandler>: LogHandler {
    private var inner: Inner

    init(_ inner: Inner) {
        self.inner = inner
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
        inner.log(event: event)
    }
}
