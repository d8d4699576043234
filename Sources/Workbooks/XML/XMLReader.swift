import CExpat
import Glibc

/// Reads one part through the XML parser, piece by piece, into a handler.
final class XMLReader {
    /// Bytes that are unpacked at a time.
    private static let pieceBytes = 1 << 17
    private static let paddingBytes = 16

    private let stream: PartStream
    private let handler: XMLHandler
    private let limits: WorkbookLimits
    private let parser: OpaquePointer
    private var isPaused = false
    private var isAtEnd = false
    private var isFinished = false
    private let buffer: UnsafeMutableRawPointer
    /// What of the buffer is to be read.
    private var first = 0
    private var end = 0
    /// Bytes that the parser has been given.
    private var parsed = 0

    init(stream: PartStream, handler: XMLHandler, limits: WorkbookLimits) throws(WorkbookError) {
        guard let parser = XML_ParserCreate(nil) else { throw .unreadable(reason: "there is not enough memory") }
        self.stream = stream
        self.handler = handler
        self.limits = limits
        self.parser = parser
        buffer = .allocate(byteCount: XMLReader.pieceBytes + XMLReader.paddingBytes, alignment: 16)
        connect(parser, handler, part: stream.part, limits: limits)
    }

    deinit {
        disconnect(handler)
        XML_ParserFree(parser)
        buffer.deallocate()
    }

    /// Reads a whole part.
    static func read(
        _ part: String, of archive: Archive, limit: Int, into handler: XMLHandler
    ) throws(WorkbookError) {
        let stream = try archive.stream(part, limit: limit)
        let reader = try XMLReader(stream: stream, handler: handler, limits: archive.limits)
        while try reader.advance() {}
    }

    /// Reads on until the handler pauses.
    ///
    /// - Returns: false at the end of the part.
    func advance() throws(WorkbookError) -> Bool {
        while true {
            if isPaused {
                try check(XML_ResumeParser(parser))
            } else if first == end, isAtEnd {
                if isFinished { return false }
                isFinished = true
                try check(XML_Parse(parser, nil, 0, 1))
            } else if first == end {
                try refill()
            } else if handler.isAtShortcut, !handler.isInCDATA, handler.isUTF8, hasSettled {
                if try takeShortcut() { return true }
            } else {
                try parse(countToMark)
            }
            if isPaused { return true }
        }
    }

    /// - Returns: whether the handler pauses.
    private func takeShortcut() throws(WorkbookError) -> Bool {
        let shortcut = handler.takeShortcut(UnsafeRawBufferPointer(start: buffer + first, count: end - first))
        if let failure = handler.failure { throw failure }
        switch shortcut {
        case .taken(let count): first += count
        case .takenWithPause(let count):
            first += count
            return true
        case .incomplete where !isAtEnd && end - first < XMLReader.pieceBytes: try refill()
        case .incomplete, .declined: try parse(countToMark)
        }
        return false
    }

    /// Whether the parser has understood all that it was given, so that what comes is not in the middle of something.
    private var hasSettled: Bool { Int(XML_GetCurrentByteIndex(parser)) == parsed }

    /// How many bytes there are before the next mark of a shortcut, not counting one at the start.
    private var countToMark: Int {
        guard let mark = handler.shortcutMark else { return end - first }
        var place = first + 1
        while place < end, let found = memchr(buffer + place, Int32(mark.utf8Start[0]), end - place) {
            place = UnsafeRawPointer(found) - UnsafeRawPointer(buffer)
            // Behind the bytes are zeros.
            if memcmp(found, mark.utf8Start, mark.utf8CodeUnitCount) == 0 { return place - first }
            place += 1
        }
        return end - first
    }

    /// Unpacks more, behind what is left.
    private func refill() throws(WorkbookError) {
        let rest = end - first
        buffer.copyMemory(from: buffer + first, byteCount: rest)
        (first, end) = (0, rest)
        let count = try stream.read(into: buffer + rest, capacity: XMLReader.pieceBytes - rest)
        isAtEnd = count == 0
        end += count
        (buffer + end).initializeMemory(as: UInt8.self, repeating: 0, count: XMLReader.paddingBytes)
    }

    private func parse(_ count: Int) throws(WorkbookError) {
        let start = (buffer + first).assumingMemoryBound(to: CChar.self)
        first += count
        parsed += count
        try check(XML_Parse(parser, start, Int32(count), 0))
    }

    private func check(_ status: XML_Status) throws(WorkbookError) {
        isPaused = status == XML_STATUS_SUSPENDED
        if isPaused { return }
        if let failure = handler.failure { throw failure }
        guard status == XML_STATUS_OK else { throw syntaxError() }
        // What the parser has been given and not understood yet is one tag or comment that has not ended.
        let understood = max(0, Int(XML_GetCurrentByteIndex(parser)))
        if !isFinished, parsed - understood > limits.markupBytes {
            throw .limit(.markupBytes(part: stream.part, line: handler.line, limit: limits.markupBytes))
        }
    }

    private func syntaxError() -> WorkbookError {
        let words = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "not well-formed"
        return .damagedXML(part: stream.part, line: handler.line, reason: words)
    }
}
