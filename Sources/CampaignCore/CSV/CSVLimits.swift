/// How large a piece of a CSV file may get before the file is refused: what keeps memory flat whatever comes in.
package struct CSVLimits: Hashable, Sendable {
    /// Bytes of one field, quotes included.
    package let fieldBytes: Int
    /// Bytes of one record.
    package let recordBytes: Int
    /// Fields of one record.
    package let fields: Int

    /// Limits far above any contact list. Each is held between 1 and 2³⁰.
    ///
    /// - Parameters:
    ///   - fieldBytes: bytes of one field, quotes included; 1 MiB.
    ///   - recordBytes: bytes of one record; 8 MiB.
    ///   - fields: fields of one record; 16 384, the columns of an Excel sheet.
    package init(fieldBytes: Int = 1 << 20, recordBytes: Int = 8 << 20, fields: Int = 16384) {
        self.fieldBytes = CSVLimits.sane(fieldBytes)
        self.recordBytes = CSVLimits.sane(recordBytes)
        self.fields = CSVLimits.sane(fields)
    }

    /// 1 to 2³⁰: places in a record are kept in 32 bits.
    private static func sane(_ limit: Int) -> Int {
        max(1, min(limit, 1 << 30))
    }
}
