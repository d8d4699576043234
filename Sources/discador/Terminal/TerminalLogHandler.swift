import Logging
import Reports

/// Removes characters that control a terminal from log lines: their metadata contains text from Z-API and lists.
struct TerminalLogHandler<Inner: LogHandler>: LogHandler {
    private var inner: Inner
    /// Writes although a block of lines may be on the screen.
    private let makingWay: @Sendable (() -> Void) -> Void

    /// - Parameter makingWay: clears the block of lines, and calls the closure that writes.
    init(_ inner: Inner, makingWay: @escaping @Sendable (() -> Void) -> Void = { $0() }) {
        self.inner = inner
        self.makingWay = makingWay
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
        makingWay { inner.log(event: event) }
    }
}
