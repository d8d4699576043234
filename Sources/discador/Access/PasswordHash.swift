import CampaignCore
import Crypto
import CryptoExtras
import Foundation

/// Passwords of the dashboard's users, by scrypt (RFC 7914). Each takes tens of milliseconds and 32 MiB, on purpose: call
/// it where a thread may block.
enum PasswordHash {
    /// In characters.
    static let shortest = 10
    /// In bytes of UTF-8: longer ones only keep the machine busy.
    static let longest = 1024
    private static let saltBytes = 16
    private static let hashBytes = 32
    /// One of those that OWASP's Password Storage Cheat Sheet (2025) recommends.
    static let cost = PasswordCost(rounds: 1 << 15, blockSize: 8, parallelism: 3)

    /// Why a password cannot be used; nil when it can.
    static func problem(with password: String) -> Phrase? {
        if password.count < shortest {
            return Phrase(
                "a password has at least \(shortest) characters", "uma senha tem pelo menos \(shortest) caracteres")
        }
        if password.utf8.count > longest {
            return Phrase(
                "a password has at most \(longest) bytes", "uma senha tem no máximo \(longest) bytes")
        }
        return nil
    }

    /// What is kept of a password.
    @inline(never)  // see CheckCommand
    static func stored(
        _ password: String, cost: PasswordCost = cost,
        salt: [UInt8] = SystemEnvironment.randomBytes(saltBytes)
    ) throws -> StoredPassword {
        StoredPassword(hash: try hash(of: password, salt, cost), salt: salt, cost: cost)
    }

    /// Whether this is the password, in a time that does not tell how much of it is right.
    ///
    /// - Parameter stored: nil, where there is no such user or none with a password, takes as long and is never right.
    @inline(never)  // see CheckCommand
    static func matches(_ password: String, _ stored: StoredPassword?) -> Bool {
        let expected =
            stored ?? StoredPassword(hash: [], salt: [UInt8](repeating: 0, count: saltBytes), cost: cost)
        guard (1...longest).contains(password.utf8.count),
            let hash = try? hash(of: password, expected.salt, expected.cost)
        else { return false }
        return AccessToken.areEqual(hash, expected.hash)
    }

    /// The letters that look the same are the same, however they were typed.
    private static func hash(of password: String, _ salt: [UInt8], _ cost: PasswordCost) throws -> [UInt8] {
        // What a damaged database may have: it must not take all of the memory, and the library ends the process over an
        // empty salt.
        guard !salt.isEmpty, (2...1 << 20).contains(cost.rounds), (1...32).contains(cost.blockSize),
            (1...16).contains(cost.parallelism)
        else { throw CryptoKitError.incorrectParameterSize }
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.precomposedStringWithCompatibilityMapping.utf8), salt: salt,
            outputByteCount: hashBytes, rounds: cost.rounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}
