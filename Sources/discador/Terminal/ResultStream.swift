import Foundation

/// A long result that is written as it is produced: lines for people, or one array for a machine.
///
/// It prints what ``Output/result(json:)`` would print of all elements together; memory does not grow with their
/// number.
struct ResultStream {
    private static let bufferSize = 65_536

    private let output: Output
    private let encoder = Output.encoder
    private var bytes: [UInt8] = []
    private var hasElements = false

    init(_ output: Output) {
        self.output = output
    }

    /// Adds a line for people; nothing when results are for a machine.
    mutating func append(_ text: @autoclosure () -> String) throws(Failure) {
        guard !output.isJSON else { return }
        bytes += Output.lines(text())
        try writeWhenFull()
    }

    /// Adds an element for a machine; nothing when results are for people.
    mutating func append(json element: @autoclosure () throws -> some Encodable) throws {
        guard output.isJSON else { return }
        bytes += Array((hasElements ? ",\n  " : "[\n  ").utf8)
        hasElements = true
        // A JSON string contains no line break: each one begins a line that is indented further, unless it is empty.
        let lines = try encoder.encode(element()).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { bytes += Array((line.isEmpty ? "\n" : "\n  ").utf8) }
            bytes += line
        }
        try writeWhenFull()
    }

    /// Writes the rest; nothing may be appended after this.
    mutating func finish() throws(Failure) {
        if output.isJSON { bytes += Array((hasElements ? "\n]\n" : "[\n\n]\n").utf8) }
        try output.write(bytes)
        bytes.removeAll()
    }

    private mutating func writeWhenFull() throws(Failure) {
        guard bytes.count >= Self.bufferSize else { return }
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
