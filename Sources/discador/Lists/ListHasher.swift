import CampaignCore
import CampaignStore
import Crypto

/// Computes a list's fingerprint while it is read.
struct Fingerprinting {
    private var hash = SHA256()
    private var bytes = 0
    private let reading: String

    init(_ reading: ListReading) {
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
    static func read(_ file: ListFile, _ reading: ListReading) throws -> ListFingerprint {
        var source = try ByteSource(file)
        var hashing = Fingerprinting(reading)
        while true {
            let piece = try source.read()
            guard !piece.isEmpty else { return hashing.fingerprint }
            hashing.append(piece)
        }
    }
}

extension ListReading {
    /// Counts up whenever the same bytes give other rows than before, so that a list that was read by older rules is read again.
    private static let rules = 4

    /// The options in one line: the same for two readings that make the same rows of the same bytes.
    fileprivate var signature: String {
        let names = [
            ("phone", columns.phone), ("name", columns.name), ("callDuration", columns.callDuration),
            ("ddd", columns.ddd), ("ddi", columns.ddi),
        ].compactMap { key, name in name.map { "\(key)=\($0)" } }
        return [
            "rules=\(Self.rules)", "country=\(country)", names.joined(separator: ","),
            delimiter.map { "delimiter=\($0.name)" } ?? "",
            encoding.map { "encoding=\($0.name)" } ?? "", hasHeader ? "" : "no-header",
            skipLines > 0 ? "skip-lines=\(skipLines)" : "", splitsCells ? "split" : "",
            allowsLandlines ? "" : "mobile-only",
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
