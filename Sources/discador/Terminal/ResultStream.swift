import Foundation

/// A long result that is written as it is produced: lines of text, or one JSON document with a list.
///
/// It prints what ``Output/result(json:)`` would print for a ``JSONList`` of all elements; memory does not grow with
/// their number.
struct ResultStream {
    private static let bufferSize = 65_536

    private let output: Output
    private var bytes: [UInt8] = []
    private var hasElements = false
    /// What stands before the elements.
    private let opening: String

    /// - Parameter name: what the elements are, in JSON: `doubts`.
    init(_ output: Output, named name: String) {
        self.output = output
        opening = "{\n  \"\(name)\" : ["
    }

    /// - Parameters:
    ///   - name: what the elements are, in JSON: `contacts`.
    ///   - head: an object with what stands before them.
    init(_ output: Output, named name: String, after head: some Encodable) throws {
        self.output = output
        var object = String(decoding: try JSONFormat.document(head), as: UTF8.self)
        while object.last == "}" || object.last == "\n" { object.removeLast() }
        opening = "\(object),\n  \"\(name)\" : ["
    }

    /// Adds a line of text, unless results are JSON.
    mutating func append(_ text: @autoclosure () -> String) throws(Failure) {
        guard !output.isJSON else { return }
        bytes += Output.lines(text(), output.look)
        try writeWhenFull()
    }

    /// Adds an element, if results are JSON.
    mutating func append(json element: @autoclosure () throws -> some Encodable) throws {
        guard output.isJSON else { return }
        bytes += Array(((hasElements ? "," : opening) + "\n    ").utf8)
        hasElements = true
        // JSON strings contain no line breaks, so every line can be indented further, unless it is empty.
        let lines = try JSONFormat.document(element())
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { bytes += Array((line.isEmpty ? "\n" : "\n    ").utf8) }
            bytes += line
        }
        try writeWhenFull()
    }

    /// Writes the end; nothing may be appended after this.
    mutating func finish() throws(Failure) {
        if output.isJSON {
            let list = hasElements ? "\n  ]" : "\(opening)\n\n  ]"
            bytes += Array("\(list),\n  \"version\" : \(JSONFormat.version)\n}\n".utf8)
        }
        try output.write(bytes)
        bytes.removeAll()
    }

    private mutating func writeWhenFull() throws(Failure) {
        guard bytes.count >= Self.bufferSize else { return }
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
