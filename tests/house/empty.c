/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of src/ and what it may use, and nothing else: it links, or something is missing. */
int main(void)
{
	return 0;
}
