/// Where a field lies, counted from the first byte of its record.
struct CSVField: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// The bytes are the content.
        case plain
        /// The bytes are what stood between quotes, without a quote among them.
        case quoted
        /// The bytes start with the opening quote; doubled quotes, or text after the closing quote, are still in them.
        case escaped
    }

    var start: Int32
    var end: Int32
    var kind: Kind

    /// Places in a record fit 32 bits: see `CSVLimits`.
    init(from start: Int, to end: Int, kind: Kind) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
        self.kind = kind
    }
}
