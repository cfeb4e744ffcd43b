/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How text looks, as a page holds it until it is written: one byte each, which
 * becomes a terminal's sequence there. Nothing else makes one.
 */
#ifndef TW_COMMON_STYLE_H
#define TW_COMMON_STYLE_H

#define STYLE_BOLD "\001"
#define STYLE_RED "\002"
#define STYLE_PLAIN "\003"

#endif
