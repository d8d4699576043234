/// Microsoft's older container: what .xls files are, and what an encrypted .xlsx is wrapped in. Only the names in it
/// are read ([MS-CFB] 2.2 header, 2.3 allocation table, 2.6 directory).
struct CompoundFile {
    /// The first eight bytes of every such file.
    static let mark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// Sectors of the directory that are looked at; what matters is among the first names.
    private static let directorySectors = 64

    private let file: InputFile
    private let header: [UInt8]
    private let sectorBytes: Int

    /// - Parameter header: the first 512 bytes of the file.
    init?(file: InputFile, header: [UInt8]) {
        guard header.count >= 512, header.starts(with: CompoundFile.mark) else { return nil }
        let shift = Int(header.number16(at: 30))
        guard shift == 9 || shift == 12 else { return nil }
        self.file = file
        self.header = header
        sectorBytes = 1 << shift
    }

    /// What the container holds.
    func format() throws(WorkbookError) -> FileFormat {
        let names = try names()
        if names.contains("EncryptedPackage") { return .encrypted }
        return names.contains("Workbook") || names.contains("Book") ? .oldExcel : .otherContainer
    }

    private func names() throws(WorkbookError) -> Set<String> {
        var names: Set<String> = []
        var sector = header.number32(at: 48)
        for _ in 0..<CompoundFile.directorySectors {
            // Numbers from 0xFFFFFFFA on mark ends.
            guard let sectorNumber = sector, sectorNumber < 0xFFFF_FFFA else { break }
            let bytes = try bytes(of: sectorNumber)
            for start in stride(from: 0, to: bytes.count - 127, by: 128) {
                let length = Int(bytes.number16(at: start + 64))
                guard length >= 2, length <= 64 else { continue }
                let units = stride(from: start, to: start + length - 2, by: 2).map { bytes.number16(at: $0) }
                names.insert(String(decoding: units, as: UTF16.self))
            }
            sector = try next(after: sectorNumber)
        }
        return names
    }

    /// The allocation table says which sector follows; its first 109 sectors are listed in the header.
    private func next(after sector: UInt32) throws(WorkbookError) -> UInt32? {
        let perSector = sectorBytes / 4
        let (index, place) = (Int(sector) / perSector, Int(sector) % perSector)
        guard index < 109, let table = header.number32(at: 76 + 4 * index), table < 0xFFFF_FFFA else { return nil }
        return try bytes(of: table).number32(at: 4 * place)
    }

    private func bytes(of sector: UInt32) throws(WorkbookError) -> [UInt8] {
        try file.read(sectorBytes, at: (Int(sector) + 1) * sectorBytes)
    }
}

extension [UInt8] {
    /// A number of two bytes, low byte first; 0 beyond the end.
    func number16(at place: Int) -> UInt16 {
        guard place >= 0, place + 2 <= count else { return 0 }
        return UInt16(self[place]) | UInt16(self[place + 1]) << 8
    }

    /// A number of four bytes, low byte first; nil beyond the end.
    func number32(at place: Int) -> UInt32? {
        guard place >= 0, place + 4 <= count else { return nil }
        return (0..<4).reduce(0) { $0 | UInt32(self[place + $1]) << (8 * UInt32($1)) }
    }

    /// A number of eight bytes, low byte first; nil beyond the end.
    func number64(at place: Int) -> UInt64? {
        guard let low = number32(at: place), let high = number32(at: place + 4) else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }
}
