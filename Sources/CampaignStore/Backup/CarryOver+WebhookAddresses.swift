import CampaignCore
import GRDB

extension CarryOver {
    /// Z-API posts to the latest address of an instance. Where that is in the replaced database, all its addresses of the
    /// instance apply, and no others: one that was replaced since would otherwise be accepted forever.
    mutating func carryWebhookAddresses() throws {
        let addresses = try Row.fetchAll(
            source,
            sql: """
                SELECT webhook_address.*, instance.zapi_id, instance.name AS instance_name
                FROM webhook_address JOIN instance ON instance.id = webhook_address.instance_id
                """)
        let byInstance = try Dictionary(grouping: addresses) { try $0.decode(String.self, forColumn: "zapi_id") }
        for its in byInstance.values {
            guard let one = its.first else { continue }
            let instance = try instance(of: one)
            let state = "SELECT max(created_at) AS latest, total(is_confirmed) AS confirmed FROM webhook_address"
            let present = try Row.fetchOne(target, sql: state + " WHERE instance_id = ?", arguments: [instance])
            let latest = try its.map { try $0.decode(Int64.self, forColumn: "created_at") }.max() ?? 0
            let confirmed = try its.map { try $0.decode(Double.self, forColumn: "is_confirmed") }.reduce(0, +)
            let known = try present?.decode(Int64?.self, forColumn: "latest") ?? .min
            let knownConfirmed = try present?.decode(Double.self, forColumn: "confirmed") ?? 0
            guard known < latest || (known == latest && knownConfirmed < confirmed) else { continue }
            try replaceAddresses(of: instance, by: its)
        }
    }

    private mutating func replaceAddresses(of instance: Int64, by addresses: [Row]) throws {
        try target.execute(sql: "DELETE FROM webhook_address WHERE instance_id = ?", arguments: [instance])
        for address in addresses {
            var values = try arguments(
                address,
                ["token_hash", "created_at", "expires_at", "public_url", "forward_url", "is_confirmed"])
            values += ["instance": instance]
            try target.execute(
                sql: """
                    INSERT OR REPLACE INTO webhook_address (token_hash, instance_id, created_at, expires_at, public_url,
                        forward_url, is_confirmed)
                    VALUES (:token_hash, :instance, :created_at, :expires_at, :public_url, :forward_url, :is_confirmed)
                    """,
                arguments: values)
            carried.webhookAddresses += 1
        }
    }
}
