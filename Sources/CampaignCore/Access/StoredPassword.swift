/// What is kept of a password: nobody can read it back.
package struct StoredPassword: Codable, Hashable, Sendable {
    package var hash: [UInt8]
    package var salt: [UInt8]
    /// What the hash cost: it is computed again at the same cost, whatever new ones cost by then.
    package var cost: PasswordCost

    package init(hash: [UInt8], salt: [UInt8], cost: PasswordCost) {
        self.hash = hash
        self.salt = salt
        self.cost = cost
    }
}

/// The parameters of scrypt (RFC 7914, section 2): N, r and p.
package struct PasswordCost: Codable, Hashable, Sendable {
    /// A power of two. Memory is 128 · `rounds` · `blockSize` bytes.
    package var rounds: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(rounds: Int, blockSize: Int, parallelism: Int) {
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }
}
