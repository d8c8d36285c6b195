// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/folder_lock.h"

#include "core/failure.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace adtailor {

FolderLock::FolderLock(const std::filesystem::path& folder, const std::string& held,
                       const std::string& remedy)
    : m_file(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666))
{
    const std::string name = "The folder " + folder.string() + " ";
    if (m_file < 0)
        throw Failure(ErrorCode::InvalidInput,
                      name + "cannot be written in (" + std::strerror(errno) + "): " + remedy);
    if (::flock(m_file, LOCK_EX | LOCK_NB) == 0)
        return;
    ::close(m_file);
    throw Failure(ErrorCode::InvalidInput, name + held);
}

FolderLock FolderLock::ofEvaluation(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error); // opening the lock says what is wrong
    return { folder,
             "is in use: another evaluation writes into it. Wait for it, or choose another --out "
             "folder.",
             "choose another --out folder." };
}

FolderLock::~FolderLock()
{
    ::close(m_file); // the file stays: removing it would race with the next owner
}

} // namespace adtailor
