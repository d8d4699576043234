import CExpat

/// What is done with the elements of one part. Subclasses keep what they need; they stop the reading with ``fail(_:)``.
///
/// Names are compared without their prefix: a workbook may choose any prefix, and the namespaces differ between the
/// strict and the transitional form (ECMA-376 part 1 and 4). Elements of other namespaces lie where ours are not looked
/// for.
class XMLHandler {
    /// Why the reading was stopped.
    private(set) var failure: WorkbookError?
    /// Set while a part is read.
    fileprivate(set) var parser: OpaquePointer?
    fileprivate(set) var part = ""
    fileprivate var depth = 0
    fileprivate var limits = WorkbookLimits()
    private var census = NameCensus()
    /// Whether what comes is text, even if it looks like elements.
    fileprivate(set) var isInCDATA = false
    /// Whether what comes is bytes of UTF-8.
    fileprivate(set) var isUTF8 = true

    /// An element begins.
    func start(_ name: XMLName, _ attributes: XMLAttributes) {}

    /// The element that began last and has not ended yet ends.
    func end() {}

    /// Text, often in several pieces.
    func text(_ bytes: UnsafeRawBufferPointer) {}

    /// What elements begin with that the handler can take without the parser; nil for none. See ``XMLShortcut``.
    var shortcutMark: StaticString? { nil }
    /// Whether such an element may come now.
    var isAtShortcut: Bool { false }

    /// Takes one such element.
    ///
    /// - Parameter bytes: begin with the mark; behind them are 16 zeros.
    func takeShortcut(_ bytes: UnsafeRawBufferPointer) -> XMLShortcut { .declined }

    /// Stops the reading. The first reason counts.
    final func fail(_ error: WorkbookError) {
        if failure == nil { failure = error }
        if let parser { XML_StopParser(parser, 0) }
    }

    /// Pauses the reading after the element that ends now.
    final func pause() {
        if let parser { XML_StopParser(parser, 1) }
    }

    /// The line of the part that is being read, 1-based.
    final var line: Int { parser.map { Int(XML_GetCurrentLineNumber($0)) } ?? 0 }

    fileprivate final func receiveStart(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes) {
        guard failure == nil else { return }
        depth += 1
        if depth > limits.depth { fail(.limit(.depth(part: part, line: line, limit: limits.depth))) }
        if !census.admits(name, attributes, limit: limits.names) {
            fail(.limit(.names(part: part, line: line, limit: limits.names)))
        }
        if failure == nil { start(XMLName(name), attributes) }
    }

    fileprivate final func receiveEnd() {
        guard failure == nil else { return }
        depth -= 1
        end()
    }

    fileprivate final func receiveText(_ bytes: UnsafePointer<CChar>, _ count: Int32) {
        if failure == nil { text(UnsafeRawBufferPointer(start: bytes, count: Int(count))) }
    }
}

/// What became of an element that a handler may take without the XML parser.
///
/// Rows and texts as spreadsheet programs write them, millions to a sheet, are simple, and the parser spends most of a
/// sheet's time on them. A handler takes those that it knows byte for byte; the parser never sees them, and what is left
/// is as well-formed as before. Everything else, also everything that is wrong, is the parser's.
enum XMLShortcut {
    /// It was this many bytes long.
    case taken(Int)
    /// As `taken`, and the handler pauses.
    case takenWithPause(Int)
    /// The bytes end before it.
    case incomplete
    /// It is not as simple as expected.
    case declined
}

/// Counts the different names in a part, since the parser keeps each of them for as long as it lives.
private struct NameCensus {
    /// The parser hands out the same address for the same attribute: those seen lately need no second look.
    private var recent = [Int](repeating: 0, count: 64)
    private var hashes: Set<Int> = []
    /// A longer name counts as many times as this fits into it.
    private static let usualBytes = 64

    mutating func admits(_ name: UnsafePointer<CChar>, _ attributes: XMLAttributes, limit: Int) -> Bool {
        // Names of one letter are few.
        if name[0] != 0, name[1] != 0 { add(name) }
        var pointer = attributes.list
        while let attribute = pointer[0] {
            let address = Int(bitPattern: attribute)
            let slot = (address >> 3) & 63
            if attribute[0] != 0, attribute[1] != 0, recent[slot] != address {
                recent[slot] = address
                add(attribute)
            }
            pointer += 2
        }
        return hashes.count <= limit
    }

    private mutating func add(_ name: UnsafePointer<CChar>) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
        while name[count] != 0 {
            hash = (hash ^ UInt64(UInt8(bitPattern: name[count]))) &* 0x100_0000_01B3
            count += 1
        }
        if hashes.insert(Int(truncatingIfNeeded: hash)).inserted, count > NameCensus.usualBytes {
            for extra in 1...(count / NameCensus.usualBytes) {
                hashes.insert(Int(truncatingIfNeeded: hash &+ UInt64(extra)))
            }
        }
    }
}

/// Connects a parser with a handler, which has to outlive it.
func connect(_ parser: OpaquePointer, _ handler: XMLHandler, part: String, limits: WorkbookLimits) {
    handler.parser = parser
    handler.part = part
    handler.limits = limits
    XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
    XML_SetElementHandler(
        parser,
        { data, name, attributes in
            guard let data, let name, let attributes else { return }
            handle(data) { $0.receiveStart(name, XMLAttributes(attributes)) }
        },
        { data, _ in
            guard let data else { return }
            handle(data) { $0.receiveEnd() }
        })
    XML_SetCharacterDataHandler(parser) { data, bytes, count in
        guard let data, let bytes else { return }
        handle(data) { $0.receiveText(bytes, count) }
    }
    XML_SetCdataSectionHandler(
        parser,
        { data in
            guard let data else { return }
            handle(data) { $0.isInCDATA = true }
        },
        { data in
            guard let data else { return }
            handle(data) { $0.isInCDATA = false }
        })
    XML_SetXmlDeclHandler(parser) { data, _, encoding, _ in
        guard let data, let encoding else { return }
        handle(data) { $0.isUTF8 = String(cString: encoding).lowercased() == "utf-8" }
    }
    // A document type is refused before anything in it is read: no entity is ever declared.
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
        guard let data else { return }
        handle(data) { $0.fail(.documentType(part: $0.part, line: $0.line)) }
    }
}

/// Releases the connection, for a parser that ends before its handler.
func disconnect(_ handler: XMLHandler) {
    handler.parser = nil
}

/// Without counting references, twenty million times a sheet.
@inline(__always)
private func handle(_ data: UnsafeMutableRawPointer, _ body: (XMLHandler) -> Void) {
    Unmanaged<XMLHandler>.fromOpaque(data)._withUnsafeGuaranteedRef(body)
}
