import Foundation

/// A long result that is written while it is made: lines for people, or one array for a machine.
///
/// What it prints is what ``Output/result(json:)`` would print of all elements together; memory does not grow with their
/// number.
struct ResultStream {
    private static let bytesHeld = 65_536

    private let output: Output
    private let encoder = Output.encoder
    private var bytes: [UInt8] = []
    private var hasElements = false

    init(_ output: Output) {
        self.output = output
    }

    /// A line for people; nothing when results are for a machine.
    mutating func append(_ text: @autoclosure () -> String) throws(Failure) {
        guard !output.isJSON else { return }
        bytes += Output.lines(text())
        try writeWhenFull()
    }

    /// An element for a machine; nothing when results are for people.
    mutating func append(json element: @autoclosure () throws -> some Encodable) throws {
        guard output.isJSON else { return }
        bytes += Array((hasElements ? ",\n  " : "[\n  ").utf8)
        hasElements = true
        // No line end stands inside a string of JSON: each begins a line that belongs further in, unless it is empty.
        let lines = try encoder.encode(element()).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { bytes += Array((line.isEmpty ? "\n" : "\n  ").utf8) }
            bytes += line
        }
        try writeWhenFull()
    }

    /// Writes what is still to be written; nothing may be appended any more.
    mutating func finish() throws(Failure) {
        if output.isJSON { bytes += Array((hasElements ? "\n]\n" : "[\n\n]\n").utf8) }
        try output.write(bytes)
        bytes.removeAll()
    }

    private mutating func writeWhenFull() throws(Failure) {
        guard bytes.count >= Self.bytesHeld else { return }
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
