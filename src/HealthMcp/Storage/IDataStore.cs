namespace HealthMcp.Storage;

/// <summary>
/// Where everything lives that must outlast a process: files of a data directory, or tables of a database that several machines share. What is
/// kept here is sealed or hashed by whoever keeps it. Names are constants of this program in lower case, never data. Every failure is a
/// <see cref="StorageException"/>.
/// </summary>
internal interface IDataStore
{
    /// <summary>Takes a row of bytes for this process alone, makes it empty when missing, and gives up after <see cref="LockedFile.Patience"/>.</summary>
    IHeldBytes Hold(string name);

    /// <summary>The same, to read only, for one that exists.</summary>
    IHeldBytes HoldToRead(string name);

    /// <summary>
    /// How long a row of bytes is now, without waiting for whoever holds it; null when there is none. Cheap enough to ask before each use of what
    /// was read from it.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="oldest">An answer of that age will do: a store that must ask over a network then asks once for a burst of questions.</param>
    long? LengthOf(string name, TimeSpan oldest = default);

    /// <summary>A small content of this name (1 MiB at most) that is only ever seen whole. Nothing is opened yet.</summary>
    IWhole Whole(string name);

    /// <summary>Names of the whole contents that begin and end so, in no order.</summary>
    IReadOnlyList<string> WholeNames(string begin, string end);

    /// <summary>Where a name is kept, in words for the operator: a path, or a row of a table.</summary>
    string PlaceOf(string name);
}

/// <summary>
/// Exclusive use of one row of bytes among all processes, on whichever machine, for as long as the object lives. A process that dies gives it back.
/// Hold it briefly: others wait. What is not allowed to happen without the lock fails once the lock is lost. Not for several threads at once.
/// </summary>
internal interface IHeldBytes : IHeld
{
    long Length { get; }

    /// <summary>From <paramref name="offset"/> on; fewer bytes, or none, where it ends before.</summary>
    byte[] Read(long offset, int atMost = int.MaxValue);

    /// <summary>The same, with zeros for what was lost: for who keeps something broken as it is, and does not go on from it.</summary>
    byte[] ReadWhatIsLeft(long offset, int atMost = int.MaxValue) => Read(offset, atMost);

    /// <summary>
    /// Writes at the end. All of it is durable when this returns. When it throws, nothing of it is there; or all of it, where the way to the store was
    /// lost while the answer was awaited: whoever goes on reads from where it was sure.
    /// </summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Writes over what is there, and on from its end; never leaves a gap. Only <see cref="Flush"/> makes sure that it stays.</summary>
    void Overwrite(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>What was overwritten is durable when this returns.</summary>
    void Flush();

    void Truncate(long length);

    /// <summary>
    /// A second row of bytes, named like this one with <paramref name="suffix"/>, that nobody uses but under the lock of this one. It ends with this one.
    /// </summary>
    IHeldBytes Beside(string suffix);
}

/// <summary>A lock among all processes, until it is disposed.</summary>
internal interface IHeld : IDisposable
{
    /// <summary>
    /// A small content that is read and changed under this lock, whatever it is named: once the lock is lost no change of it is made, nor where
    /// somebody else changed it since it was read here.
    /// </summary>
    IContent Whole(string name);
}

/// <summary>A small content that is replaced as a whole. Readers need no lock; whoever changes what was read takes <see cref="Acquire"/> first.</summary>
internal interface IWhole : IContent
{
    /// <summary>Keeps other processes from changing it until it is given back.</summary>
    IHeld Acquire();

    bool Exists { get; }
}

/// <summary>What can be done with a small content.</summary>
internal interface IContent
{
    /// <returns>The content, or null when there is none.</returns>
    byte[]? Read();

    /// <summary>Puts <paramref name="content"/> in the place of what was there. After a failure the old content stands.</summary>
    void Replace(ReadOnlySpan<byte> content);

    /// <summary>Puts it down only where nothing stands yet, in one step. False: something does.</summary>
    bool TryBegin(ReadOnlySpan<byte> content);

    /// <summary>Removes it and whatever belongs to it.</summary>
    void Delete();
}
