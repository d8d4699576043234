extension FileFormat {
    /// How many of a file's first bytes ``init(head:)`` is given.
    static let headBytes = 4096

    /// What a file is, by its first bytes. Nil for a ZIP archive, which may be a workbook, and for Microsoft's older
    /// container, which ``CompoundFile`` looks into.
    package init?(head: [UInt8]) {
        if head.isEmpty {
            self = .empty
        } else if head.starts(with: FileFormat.archiveMark) || head.starts(with: FileFormat.emptyArchiveMark)
            || head.starts(with: CompoundFile.mark)
        {
            return nil
        } else if head.starts(with: "%PDF".utf8) {
            self = .pdf
        } else if FileFormat.isOldStream(head) {
            self = .oldExcel
        } else {
            self = FileFormat.ofText(head)
        }
    }

    /// `PK`, 3, 4: the first file of an archive.
    static let archiveMark: [UInt8] = [0x50, 0x4B, 3, 4]
    /// `PK`, 5, 6: the directory of an archive without files.
    static let emptyArchiveMark: [UInt8] = [0x50, 0x4B, 5, 6]

    /// Excel 2 to 4 wrote its records without a container; the first is `BOF`.
    private static func isOldStream(_ head: [UInt8]) -> Bool {
        guard head.count >= 4, head[0] == 0x09, head[3] == 0 else { return false }
        return [0x00, 0x02, 0x04, 0x08].contains(head[1]) && [4, 6, 8, 16].contains(head[2])
    }

    private static func ofText(_ head: [UInt8]) -> FileFormat {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            return markup(narrowed(head)) ?? .text
        }
        let control = head.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0x1A }
        return control ? .unknown : markup(head) ?? .text
    }

    /// The Latin letters of text in UTF-16.
    private static func narrowed(_ head: [UInt8]) -> [UInt8] {
        head.dropFirst(2).filter { $0 != 0 }
    }

    private static func markup(_ head: [UInt8]) -> FileFormat? {
        var text = head.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        text = text.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard text.first == 0x3C else { return nil }
        if contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && !contains(text, "<html") {
            return .excelXML
        }
        let tags = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div"]
        if tags.contains(where: { contains(text, $0) }) { return .html }
        return text.starts(with: "<?xml".utf8) ? .xml : .text
    }

    private static func contains(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
        let pattern = Array(word.utf8)
        return text.indices.contains { text[$0...].starts(with: pattern) }
    }
}
