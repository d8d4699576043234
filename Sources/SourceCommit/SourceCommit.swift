/// The commit that the program was built from, for `--version`.
///
/// A module of its own, because its generated file changes with every commit: only this is compiled again then.
package enum SourceCommit {
    /// The first digits of the commit; nil where the sources had no `.git`, such as those of an archive.
    @inline(never)  // otherwise other modules contain it, and are compiled again with every commit
    package static func short() -> String? {
        generated.isEmpty ? nil : generated
    }
}
