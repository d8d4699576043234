import CampaignCore
import CampaignStore
import Crypto

/// Computes a list's fingerprint while the list is read.
struct ListHasher {
    private var hash = SHA256()
    private var bytes = 0
    private let reading: String

    init(_ reading: ListReader.Options) {
        self.reading = reading.signature
    }

    mutating func append(_ piece: [UInt8]) {
        hash.update(data: piece)
        bytes += piece.count
    }

    var fingerprint: ListFingerprint {
        ListFingerprint(sha256: Array(hash.finalize()), bytes: bytes, reading: reading)
    }

    /// The fingerprint of a whole file.
    static func fingerprint(of file: ListFile, _ reading: ListReader.Options) throws -> ListFingerprint {
        var source = try ByteSource(file)
        var hasher = ListHasher(reading)
        while true {
            let piece = try source.read()
            guard !piece.isEmpty else { return hasher.fingerprint }
            hasher.append(piece)
        }
    }
}

extension ListReader.Options {
    /// Incremented whenever the same bytes give different rows than before, so that a list that was read under older
    /// rules is read again.
    private static let rules = 7

    /// The options as text: equal if and only if the same bytes give the same rows.
    fileprivate var signature: String {
        let names = [
            ("phone", columns.phone.map { ([$0] + columns.furtherPhones).joined(separator: ",phone=") }),
            ("name", columns.name), ("callDuration", columns.callDuration),
            ("callAudioUrl", columns.callAudioUrl), ("notBefore", columns.notBefore),
            ("ddd", columns.ddd), ("ddi", columns.ddi),
        ].compactMap { key, name in name.map { "\(key)=\($0)" } }
        return [
            "rules=\(Self.rules)", "country=\(country)", names.joined(separator: ","),
            columnsOfOption == ColumnNames() ? "" : "option",
            delimiter.map { "delimiter=\($0.name)" } ?? "",
            encoding.map { "encoding=\($0.name)" } ?? "", hasHeader ? "" : "no-header",
            skipLines > 0 ? "skip-lines=\(skipLines)" : "", splitsCells ? "split" : "",
            allowsLandlines ? "" : "mobile-only", sheet.map { "sheet=\($0)" } ?? "",
            hidden.map { "hidden=\($0.rawValue)" } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
