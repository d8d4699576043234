package import CampaignCore
import Foundation
import GRDB

/// A webhook address as it is shown: no token can be had from it.
package struct WebhookAddressEntry: Equatable, Sendable {
    package var address: WebhookAddress
    /// The name that a campaign last gave the instance.
    package var name: String
    /// What the address begins with, as Z-API sees it, without the token.
    package var publicURL: String
    package var createdAt: Timestamp
    /// Whether Z-API was seen to post to it: not while it is being set, and not if that was interrupted.
    package var isConfirmed = false

    package init(address: WebhookAddress, name: String, publicURL: String, createdAt: Timestamp) {
        self.address = address
        self.name = name
        self.publicURL = publicURL
        self.createdAt = createdAt
    }
}

extension CampaignStore {
    /// Enters a new address of an instance, or confirms one that was entered: the earlier ones, and no later one, are
    /// then accepted until `overlap`, or for as long as they would have been anyway if that is sooner.
    ///
    /// - Parameter overlap: the time of the new one's creation ends the old ones at once; nil: Z-API need not have the
    ///   new one yet, and those before it are accepted as long as before.
    package func setWebhookAddress(
        _ entry: WebhookAddressEntry, overlap: Timestamp?
    ) async throws(StoreError) {
        try await write { db in
            let (address, now) = (entry.address, entry.createdAt)
            let instance = try CampaignRows.enter(db, instance: address.instance, name: entry.name)
            try db.execute(
                sql: "DELETE FROM webhook_address WHERE expires_at <= :now", arguments: ["now": now.milliseconds])
            // Each is later than the one before, also when a clock is set back: the order says what ends what.
            try db.execute(
                sql: """
                    INSERT INTO webhook_address
                        (token_hash, instance_id, created_at, expires_at, public_url, forward_url, is_confirmed)
                    VALUES (:hash, :instance,
                        max(:now, 1 + ifnull(
                            (SELECT max(created_at) FROM webhook_address WHERE instance_id = :instance), 0)),
                        :expires, :url, :forward, :confirmed)
                    ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at,
                        public_url = excluded.public_url, forward_url = excluded.forward_url,
                        is_confirmed = max(is_confirmed, excluded.is_confirmed)
                    """,
                arguments: [
                    "hash": Data(address.tokenHash), "instance": instance, "now": now.milliseconds,
                    "expires": address.expiresAt?.milliseconds, "url": entry.publicURL,
                    "forward": address.forwardURL?.reveal(), "confirmed": overlap != nil,
                ])
            // As many rows as rotations overlap. A later one may be what Z-API posts to by now.
            try db.execute(
                sql: """
                    UPDATE webhook_address SET expires_at = min(ifnull(expires_at, :overlap), :overlap)
                    WHERE instance_id = :instance AND :overlap IS NOT NULL AND created_at <
                        (SELECT created_at FROM webhook_address WHERE token_hash = :hash)
                    """,
                arguments: [
                    "overlap": overlap?.milliseconds, "instance": instance, "hash": Data(address.tokenHash),
                ])
        }
    }

    /// Removes one address: it is accepted no more.
    ///
    /// - Returns: whether it was there.
    package func removeWebhookAddress(tokenHash: [UInt8]) async throws(StoreError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM webhook_address WHERE token_hash = :hash", arguments: ["hash": Data(tokenHash)])
            return db.changesCount > 0
        }
    }

    /// Removes every address of an instance: none is accepted any more.
    ///
    /// - Parameter id: Z-API's id of the instance.
    /// - Returns: how many there were.
    package func removeWebhookAddresses(instance id: String) async throws(StoreError) -> Int {
        try await write { db in
            try db.execute(
                sql: """
                    DELETE FROM webhook_address WHERE instance_id = (SELECT id FROM instance WHERE zapi_id = :id)
                    """,
                arguments: ["id": id])
            return db.changesCount
        }
    }
}

extension StoreReader {
    /// The addresses that are accepted, by instance, the latest first.
    ///
    /// - Parameter now: those that have expired by then are left out.
    package func webhookAddresses(now: Timestamp) throws(StoreError) -> [WebhookAddressEntry] {
        try read { db in
            // As many rows as instances and overlapping rotations.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT instance.zapi_id, token_hash, expires_at, forward_url, instance.name, public_url, created_at,
                        is_confirmed
                    FROM webhook_address JOIN instance ON instance.id = webhook_address.instance_id
                    WHERE expires_at IS NULL OR expires_at > :now
                    ORDER BY instance.zapi_id, created_at DESC, token_hash
                    """,
                arguments: ["now": now.milliseconds]
            ).map { row in
                var entry = WebhookAddressEntry(
                    address: WebhookAddress(
                        instance: try row.decode(atIndex: 0),
                        tokenHash: [UInt8](try row.decode(Data.self, atIndex: 1)),
                        expiresAt: StoredValue.moment(try row.decode(atIndex: 2)),
                        forwardURL: try row.decode(String?.self, atIndex: 3).map { Secret($0) }),
                    name: try row.decode(atIndex: 4), publicURL: try row.decode(atIndex: 5),
                    createdAt: Timestamp(milliseconds: try row.decode(atIndex: 6)))
                entry.isConfirmed = try row.decode(atIndex: 7)
                return entry
            }
        }
    }
}
