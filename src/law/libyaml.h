/* SPDX-License-Identifier: Apache-2.0 */
/* libyaml's <yaml.h>, past our own header of the same name. Include it with <>. */
#ifndef TW_LAW_LIBYAML_H
#define TW_LAW_LIBYAML_H
#pragma GCC system_header
#include_next <yaml.h>
#endif
