import CampaignCore
import HTTPTypes

/// Adding contacts.
extension APISection {
    private static let lineTypes = ["application/x-ndjson", "application/jsonl"]

    var addContacts: DashboardRoute {
        route(.post, "/campaigns/:campaign/contacts", .import, limit: Self.contactsLimit) { [operations] request in
            var query = RequestQuery(request.query)
            try query.finish()
            let sender = try Self.sender(of: request)
            guard let key = try IdempotencyKeys.key(of: request.headers) else {
                throw DashboardError.malformed(
                    "Send the header Idempotency-Key, a new one for each list such as a UUID, and the same one when the "
                        + "request is repeated.")
            }
            let bytes = try await Self.body(of: request, upTo: Self.contactsLimit)
            let contacts = try sender(bytes)
            return try await answer(request, .post, key: key, bytes, .doesNoHarm) {
                try await operations.add(contacts, to: request[parameter: "campaign"], by: request.actor)
            }
        }
    }

    /// What makes a list of the body, by its type.
    private static func sender(of request: DashboardRequest) throws -> ([UInt8]) throws -> SentContacts {
        let type = contentType(of: request)
        switch type {
        case _ where lineTypes.contains(type):
            return { SentContacts(rows: try JSONRows(lines: $0)) }
        case "application/json":
            return { SentContacts(rows: try JSONRows(list: $0)) }
        case "text/csv":
            let encoding = try encoding(of: request)
            return { bytes in
                guard !bytes.isEmpty else {
                    throw RequestRefusal(
                        "body", "Send a header with the names of the columns, and a row for each contact.")
                }
                // A workbook, or something else that is packed.
                guard !bytes.starts(with: [0x50, 0x4B]) else { throw DashboardError.unsupportedMediaType(["text/csv"]) }
                // Names that are stored wrong cannot be mended by sending them again.
                guard encoding != .utf8 || String(validating: bytes, as: UTF8.self) != nil else {
                    throw RequestRefusal(
                        "body",
                        "This is not UTF-8, as the type says: send `text/csv; charset=windows-1252` if Excel wrote it.")
                }
                return SentContacts(list: bytes, encoding: encoding)
            }
        default: throw DashboardError.unsupportedMediaType(lineTypes + ["application/json", "text/csv"])
        }
    }

    /// The encoding that the type names; nil when it names none.
    private static func encoding(of request: DashboardRequest) throws -> CSVDialect.Encoding? {
        let parameters = (request.headers[.contentType] ?? "").split(separator: ";").dropFirst()
        for parameter in parameters {
            let parts = parameter.filter { $0 != " " && $0 != "\"" }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "charset" else { continue }
            guard let encoding = CSVDialect.Encoding(named: String(parts[1])) else {
                throw DashboardError.unsupportedMediaType(["text/csv; charset=utf-8"])
            }
            return encoding
        }
        return nil
    }
}

extension SentContacts {
    init(rows: JSONRows) {
        self.init(list: rows.csv, encoding: .utf8, rows: rows)
    }
}
