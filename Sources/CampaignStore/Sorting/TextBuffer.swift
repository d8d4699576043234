import Foundation

/// Any number of texts in bounded memory, each retrieved by its place.
struct TextBuffer: Sendable {
    /// Where a text is.
    struct Place: BitwiseCopyable, Sendable {
        fileprivate var start = 0
        fileprivate var count = 0
    }

    /// Bytes that are kept in memory.
    private static let maxInMemory = 65_536
    /// How many texts are remembered: most lists repeat a few, or have a different one in every row.
    private static let maxRemembered = 256

    private let folder: String
    private var file: AnonymousFile?
    private var bytesInFile = 0
    private var bytes: [UInt8] = []
    private var places: [String: Place] = [:]

    /// - Parameter folder: where the file goes when memory is full.
    init(folder: String) {
        self.folder = folder
    }

    /// Stores a text.
    mutating func append(_ text: String) throws -> Place {
        guard !text.isEmpty else { return Place() }
        if let place = places[text] { return place }
        if bytes.count >= Self.maxInMemory {
            let file = try self.file ?? AnonymousFile(in: folder)
            self.file = file
            try bytes.withUnsafeBytes { try file.write($0, at: bytesInFile) }
            bytesInFile += bytes.count
            bytes.removeAll(keepingCapacity: true)
        }
        let place = Place(start: bytesInFile + bytes.count, count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
        if places.count >= Self.maxRemembered { places.removeAll(keepingCapacity: true) }
        places[text] = place
        return place
    }

    /// The text at a place.
    func text(at place: Place) throws -> String {
        guard place.count > 0 else { return "" }
        guard let file, place.start < bytesInFile else {
            let start = place.start - bytesInFile
            return String(decoding: bytes[start..<start + place.count], as: UTF8.self)
        }
        return try String(unsafeUninitializedCapacity: place.count) { buffer in
            try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: place.start)
            return place.count
        }
    }
}
